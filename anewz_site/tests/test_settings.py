import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import SimpleTestCase

WRONG = [
    ("DATA_DIR", "/proc/nope"),
    ("PORT", "eighty"),
    ("PORT", "70000"),
    ("SITE_URL", "news.example"),
    ("SITE_URL", "https://news.example/path"),
    ("DEBUG", "perhaps"),
    ("SECRET_KEY", "short"),
    ("DATABASE_URL", "mysql://localhost/news"),
    ("CACHE_URL", "memcached"),
    ("EMAIL_URL", "imap://localhost"),
    ("TIME_ZONE", "Mars/Olympus"),
    ("SITE_LANGUAGE", "klingon"),
    ("TRUSTED_PROXIES", "10.0.0.300"),
    ("PLAY_STORE_URL", "javascript:alert(1)"),
    ("WEB_CONCURRENCY", "0"),
    ("KEPT_PAGES_MB", "-1"),
    ("PURGE_URL", "http://cdn.example/purge"),
    ("NGINX_SENDS_PICTURES", "perhaps"),
    ("FEEDS_FULL_TEXT", "perhaps"),
    ("WEBSUB_HUB", "http://hub.example/"),
    ("WEBSUB_HUB", "https://"),
    ("WEBSUB_HUB", "https://us:secret@hub.example/"),
    ("WEBSUB_HUB", 'https://hub.example/>; rel="next"'),
    ("AI_CRAWLERS_KEPT_OUT", "GPT Bot"),
    ("API_ANSWERS_A_MINUTE", "-1"),
    ("SECURITY_CONTACT", "ann@news.example"),
]


class SettingsTests(SimpleTestCase):
    def setUp(self):
        self.data_dir = self.enterContext(TemporaryDirectory())

    def load(self, code="pass", **variables):
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": self.data_dir, **variables}
        command = [sys.executable, "-c", f"from anewz_site import settings; {code}"]
        return subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)

    def test_a_clone_needs_no_variable(self):
        self.assertEqual(self.load("assert settings.DEBUG is False").returncode, 0)

    def test_a_wrong_value_stops_the_start_with_its_name_in_one_sentence(self):
        for name, value in WRONG:
            with self.subTest(name=name, value=value):
                result = self.load(**{name: value})
                self.assertEqual(result.returncode, 1)
                self.assertTrue(result.stderr.startswith(f"AnewZ cannot start: {name} "), result.stderr)
                self.assertEqual(result.stderr.count("\n"), 1)

    def test_the_secret_key_is_kept_and_only_its_owner_can_read_it(self):
        code = "print(settings.SECRET_KEY)"
        first, second = self.load(code).stdout, self.load(code).stdout
        self.assertEqual(first, second)
        mode = os.stat(os.path.join(self.data_dir, "secret-key")).st_mode
        self.assertEqual(mode & 0o777, 0o600)

    def test_processes_that_start_together_agree_on_the_secret_key(self):
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": self.data_dir}
        command = [sys.executable, "-c", "from anewz_site import settings; print(settings.SECRET_KEY)"]
        together = [
            subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
            for _ in range(4)
        ]
        self.assertEqual(len({process.communicate()[0] for process in together}), 1)

    def test_cookies_are_secure_where_the_site_is(self):
        for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"):
            result = self.load(f"assert settings.{name}", SITE_URL="https://news.example")
            self.assertEqual(result.returncode, 0, name)
