import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")

django_application = get_wsgi_application()

from django.template import engines  # noqa: E402  Django has to be set up first
from django.urls import resolve  # noqa: E402

from articles.kept.entrance import with_kept_pages  # noqa: E402

# Views and template tags are imported now, not while the first reader waits.
engines.all()
resolve("/")

application = with_kept_pages(django_application)
