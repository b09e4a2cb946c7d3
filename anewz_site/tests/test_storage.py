"""What is collected for production of files that import others."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.test import SimpleTestCase

from anewz_site.storage import IMPORTS, AssembledStaticFilesStorage


class AssembledTests(SimpleTestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def collect(self, **files):
        """Collect the site's own files, or the named ones, and return the storage."""
        storage = AssembledStaticFilesStorage(location=self.folder, base_url="/static/")
        found = {path: (source, path) for path, source in FileSystemFinder().list([])}
        for path, (source, _) in found.items():
            with source.open(path) as file:
                storage.save(path, file)
        for name, text in files.items():
            (self.folder / "js" / "comments" / f"{name}.js").write_text(text)
            found[f"js/comments/{name}.js"] = (storage, f"js/comments/{name}.js")
        for _, _, outcome in storage.post_process(found):
            if isinstance(outcome, Exception):
                raise outcome
        return storage

    def test_a_page_asks_for_one_file_with_all_parts_inside(self):
        storage = self.collect()
        for name in storage.assembled:
            with self.subTest(name=name):
                whole = (self.folder / storage.stored_name(name)).read_text()
                source = Path(settings.BASE_DIR, "static", name)
                pattern = IMPORTS[source.suffix]
                parts = pattern.findall(source.read_text())
                self.assertGreater(len(parts), 1)
                self.assertNotRegex(whole, pattern)
                for part in parts:
                    last = (source.parent / part).read_text().strip().splitlines()[-1]
                    self.assertIn(last, whole)

    def test_the_parts_of_a_script_do_not_see_each_other(self):
        storage = self.collect(hide="const KEY = 1;\n", news="const KEY = 2;\n")
        whole = (self.folder / storage.stored_name("js/thread.js")).read_text()
        self.assertIn("{\nconst KEY = 1;\n}\n{\nconst KEY = 2;\n}\n", whole)

    def test_a_part_that_imports_another_is_refused(self):
        with self.assertRaisesMessage(ValueError, "js/comments/hide.js imports or exports"):
            self.collect(hide='import { one } from "./one.js";\n')
