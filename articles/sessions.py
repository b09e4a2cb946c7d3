"""A session ends when what its account may do changes: rights, groups, sections, place at the desk.

Django itself ends the sessions of an account that is switched off or gets another password.
"""

from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.rights import mark_of_roles

KEY = "roles"


def remember_roles(request, user, **kwargs):
    """Receives `user_logged_in`."""
    request.session[KEY] = mark_of_roles(user)


def forget_ended_sessions():
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


class SameRolesMiddleware(AuthenticationMiddleware):
    """Knows the account of a request only while its roles are those with which it logged in."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _same_user(request))


def _same_user(request):
    user = get_user(request)
    roles = mark_of_roles(user) if user.is_authenticated else None
    if request.session.get(KEY) == roles:
        return user
    request.session.flush()
    return AnonymousUser()
