import re
from posixpath import dirname, join, normpath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORTS = {
    ".css": re.compile(r'^@import url\("([^"]+)"\);\n?', re.MULTILINE),
    ".js": re.compile(r'^import "([^"]+)";\n?', re.MULTILINE),
}
OTHER_IMPORT = re.compile(r"^\s*(import|export)\b", re.MULTILINE)


class AssembledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Collects stylesheets and scripts with the files that they import inside, so that a page asks once.

    In the repository there is a file for each component; this is all that is done to them.
    """

    assembled = ("css/site.css", "js/site.js", "js/story.js", "js/thread.js")

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
        for name in self.assembled:
            if name in paths and not dry_run:
                whole = _assemble(paths, name)
                self.delete(name)
                self.save(name, ContentFile(whole.encode()))
                paths = paths | {name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)


def _assemble(paths, name):
    suffix = name[name.rindex(".") :]

    def content(match):
        part = normpath(join(dirname(name), match[1]))
        text = _read(paths, part)
        if suffix == ".css":
            return text
        if OTHER_IMPORT.search(text):
            raise ValueError(f"{part} imports or exports, so it cannot be put inside {name}")
        return f"{{\n{text}}}\n"  # a block of its own: what a module names stays its own

    return IMPORTS[suffix].sub(content, _read(paths, name))


def _read(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
