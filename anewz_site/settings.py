"""All settings, and the only reader of the environment. A clone needs no variable.

A value that cannot be meant stops the start with the name of its variable.
"""

import os
import secrets
from base64 import b64encode
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF

from anewz_site.setting_values import (
    boolean,
    cache,
    contact,
    crawlers,
    database,
    hub_address,
    language,
    long_secret,
    mail_server,
    names,
    networks,
    outside_address,
    site_address,
    whole_number,
)

BASE_DIR = Path(__file__).resolve().parent.parent


def read(name, cast, default):
    """Return the variable `name` as `cast` makes it from its text, or `default` where it is not set."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return cast(text)
    except Exception as error:
        raise SystemExit(f"AnewZ cannot start: {name} is not a value that it can use ({error}).") from None


def own_secret_key():
    """Return the key kept in DATA_DIR. The first process to come makes it; no other user may read it."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        draft = DATA_DIR / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # fails where another process was first
        except FileExistsError:
            pass
        draft.unlink()
    return path.read_text()


# Where it runs
HOST = read("HOST", str, "127.0.0.1")
PORT = read("PORT", whole_number(1, 65535), 8000)
WEB_CONCURRENCY = read("WEB_CONCURRENCY", whole_number(1, 64), 2)
WEB_THREADS = 24  # in each process: more than write at once, so that readers find one free while others wait
DATA_DIR = read("DATA_DIR", Path, BASE_DIR / "var").resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise SystemExit(f"AnewZ cannot start: DATA_DIR cannot be {DATA_DIR} ({error.strerror}).") from None

DEBUG = read("DEBUG", boolean, False)
SECRET_KEY = read("SECRET_KEY", long_secret, None) or own_secret_key()

# Its address. Whatever is mailed, redirected to or printed in full begins with SITE_URL.
SITE_URL = read("SITE_URL", site_address, f"http://localhost:{PORT}")
ALLOWED_HOSTS = read("ALLOWED_HOSTS", names, []) + [
    urlsplit(SITE_URL).hostname,
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = read("TRUSTED_PROXIES", networks, [])
IS_SECURE_SITE = SITE_URL.startswith("https://")

# Who it is
ORGANISATION_NAME = read("ORGANISATION_NAME", str, "AnewZ")
APP_LINKS = {
    "play_store": read("PLAY_STORE_URL", outside_address, ""),
    "app_store": read("APP_STORE_URL", outside_address, ""),
}

# What it gives to machines
FEEDS_FULL_TEXT = read("FEEDS_FULL_TEXT", boolean, False)
# The hub that feeds name and that is told when one of them changed (WebSub); none without it.
WEBSUB_HUB = read("WEBSUB_HUB", hub_address, "")
# How many answers each process makes in a minute for one network at /api/; 0: any number. See decision 17.
API_ANSWERS_A_MINUTE = read("API_ANSWERS_A_MINUTE", whole_number(0, 1_000_000), 300)
AI_CRAWLERS_KEPT_OUT = read("AI_CRAWLERS_KEPT_OUT", crawlers, [])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "articles",
    "comments.apps.QuietXtdConfig",
    "django_comments",
    "comments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "anewz_site.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "articles.sessions.SameRolesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "anewz_site.middleware.DatabaseOutageMiddleware",
]

ROOT_URLCONF = "anewz_site.urls"
WSGI_APPLICATION = "anewz_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context.newsroom",
            ],
            "builtins": ["articles.templatetags.interface_tags"],
        },
    },
]
# Widgets of our own have their templates where all templates are.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Where it keeps things
DATABASES = {"default": read("DATABASE_URL", database, database(f"sqlite:///{DATA_DIR / 'anewz.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "anewz_site.queued_sqlite3"
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening the file anew costs more than most questions to it
    DATABASES["default"]["OPTIONS"] = {
        # Whoever means to write waits for its turn at once; only so does no writer fail as "locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a comment that was acknowledged survives a power cut, at the price of a sync each commit.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;",
    }
    # A file as in production: threads cannot share a database in memory as they share a file.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["ENGINE"] = "anewz_site.planned_postgresql"
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "prepare_threshold": 1,  # statements of `planned_cursor`: from the second time on
        # Disks without a moving head find any row as fast as the next; PostgreSQL reckons four times as slow.
        "options": "-c random_page_cost=1.1",
        # A connection that leads nowhere, as after a failover, is noticed within seconds.
        "tcp_user_timeout": 5_000,  # ms
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        # One more than threads, for the watch. A server that was gone is tried anew soon, not ever later.
        "pool": {"min_size": 1, "max_size": WEB_THREADS + 1, "timeout": 2, "reconnect_timeout": 2},
    }
CACHES = {"default": read("CACHE_URL", cache, cache("locmemcache://"))}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "django.core.cache.backends.redis.RedisCache"
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25}
# How much memory each process may use for pages that it keeps ready; 0: it keeps none.
KEPT_PAGES_MB = read("KEPT_PAGES_MB", whole_number(0, 4096), 0 if DEBUG else 32)
# Caches before us that are purged by the same acts: the folder of deploy/nginx.conf, the hook of a CDN.
NGINX_CACHE = read("NGINX_CACHE", Path, None)
PURGE_URL = read("PURGE_URL", outside_address, "")
PURGE_TOKEN = read("PURGE_TOKEN", str, "")
NGINX_SENDS_PICTURES = read("NGINX_SENDS_PICTURES", boolean, False)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "anewz_site.storage.AssembledStaticFilesStorage"},
}

# Letters. Without a server they are files, for whoever tries the site out.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read(
    "DEFAULT_FROM_EMAIL", str, f"{ORGANISATION_NAME} <newsroom@{urlsplit(SITE_URL).hostname}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECURITY_CONTACT = read("SECURITY_CONTACT", contact, f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
globals().update(read("EMAIL_URL", mail_server, {}))
MAILS_ARE_FILES = EMAIL_BACKEND.endswith("filebased.EmailBackend")
if not MAILS_ARE_FILES:
    del EMAIL_FILE_PATH  # django-environ gives the SMTP settings one of its own

LANGUAGE_CODE = read("SITE_LANGUAGE", language, "en-gb")
USE_I18N = not LANGUAGE_CODE.startswith("en")  # the texts are written in English: nothing to look up
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = read("TIME_ZONE", lambda text: ZoneInfo(text).key, "Asia/Baku")
USE_TZ = True
SITE_ID = 1

AUTHENTICATION_BACKENDS = ["articles.rights.NewsroomBackend", "comments.account_pages.backend.ReaderBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Accounts of readers: an e-mail address and a password, with pages, letters and limits of our own.
ACCOUNT_ADAPTER = "comments.account_pages.adapter.ReaderAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"  # an address that nobody confirmed is nobody's yet
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False  # they count in each process by itself; ours count in the database
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "account", "account_login"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

# What must not happen
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE_SITE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
SECURE_SSL_REDIRECT = False  # the proxy in front does it, which knows which requests came in the clear
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False  # not ours to decide for a whole domain
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]  # the three lines above
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 50  # the desk takes 20 pictures at once, and names what is too much
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024


def inline(template):
    """Permit, in the policy of pages, the one script or style that they have inside."""
    content = (BASE_DIR / "templates" / template).read_bytes()
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"


# The policy of every page. Those of the desk with a text editor add to it in articles/admin/policy.py,
# stories with videos of other sites in articles/embeds.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, inline("components/chosen_theme.js")],
        "style-src": [SELF, inline("components/text_only.css")],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

# Comments: the library's tables under our own model, addresses and rules.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "comments.models.ReaderComment"
COMMENTS_XTD_FORM_CLASS = "comments.forms.ReaderCommentForm"
# Days from its publication for which a story takes comments, where a moderator says nothing else. 0: no end.
COMMENTS_CLOSE_AFTER_DAYS = read("COMMENTS_CLOSE_AFTER_DAYS", whole_number(0, 3650), 0)
# Whether a moderator reads the first comment of everybody before it is published.
COMMENTS_HOLD_FIRST = read("COMMENTS_HOLD_FIRST", boolean, False)
