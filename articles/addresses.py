from django.conf import settings


def absolute(path):
    """Return the full address of `path`. It comes from the settings, never from what a request claims."""
    return settings.SITE_URL + path
