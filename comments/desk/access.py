from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.decorators.cache import never_cache

from comments.moderation.acts.record import RIGHT


def moderators_only(view):
    """Ask whoever is not signed in to do so, turn away who may not moderate, and let nobody keep the page."""

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        if not (request.user.is_authenticated and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer
