import re
from posixpath import dirname, join

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);\n?')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Collects `css/site.css` with the files that it imports inside, so that a page asks once.

    In the repository there is a file for each component; this is all that is done to them.
    """

    stylesheet = "css/site.css"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._found = {}

    def url(self, name, force=False):
        """Look an address up once: what a page names stays as long as the process."""
        key = name, force
        if key not in self._found:
            self._found[key] = super().url(name, force)
        return self._found[key]

    def post_process(self, paths, dry_run=False, **options):
        if self.stylesheet in paths and not dry_run:
            self.delete(self.stylesheet)
            self.save(self.stylesheet, ContentFile(self._with_imports(paths).encode()))
            paths = paths | {self.stylesheet: (self, self.stylesheet)}
        yield from super().post_process(paths, dry_run, **options)

    def _with_imports(self, paths):
        def content(match):
            return _read(paths, join(dirname(self.stylesheet), match[1]))

        return IMPORT.sub(content, _read(paths, self.stylesheet))


def _read(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
