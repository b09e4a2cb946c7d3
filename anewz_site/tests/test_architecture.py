import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

FORBIDDEN = {
    "articles": ["comments", "anewz_site"],
    "comments": ["anewz_site"],
}  # app: what it may never import


def sources(folder):
    return [path for path in Path(settings.BASE_DIR, folder).rglob("*.py") if "browser" not in path.parts]


class DependencyDirectionTests(SimpleTestCase):
    def assert_no_import(self, path, modules):
        pattern = re.compile(rf"^\s*(from|import) ({'|'.join(modules)})\b", re.MULTILINE)
        with self.subTest(path=path):
            self.assertNotRegex(path.read_text(), pattern)

    def test_no_app_imports_one_that_stands_on_it(self):
        for app, others in FORBIDDEN.items():
            for path in sources(app):
                self.assert_no_import(path, others)

    def test_the_comment_library_is_imported_in_comments_only(self):
        for path in [*sources("articles"), *sources("anewz_site")]:
            self.assert_no_import(path, ["django_comments", "django_comments_xtd"])

    def test_the_settings_are_the_only_reader_of_the_environment(self):
        for app in ("articles", "comments", "anewz_site"):
            for path in sources(app):
                is_product = not {"tests", "bench", "quality"} & set(path.parts)
                if is_product and path.name not in ("settings.py", "wsgi.py"):
                    with self.subTest(path=path):
                        self.assertNotRegex(path.read_text(), r"os\.environ|getenv")
