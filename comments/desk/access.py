from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.views.decorators.cache import never_cache

from comments.moderation.acts.record import check_right


def at_the_desk(view):
    """Ask whoever is not signed in to do so, and let nobody keep the page. The view asks for the right."""

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        if not (request.user.is_authenticated and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def moderators_only(view):
    """As `at_the_desk`, and turn away who may not moderate."""

    @at_the_desk
    @wraps(view)
    def answer(request, *args, **kwargs):
        check_right(request.user)
        return view(request, *args, **kwargs)

    return answer
