import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")

django_application = get_wsgi_application()

from articles.kept.entrance import with_kept_pages  # noqa: E402  Django has to be set up first

application = with_kept_pages(django_application)
