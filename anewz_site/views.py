from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anewz_site import style_guide as guide
from articles.embeds import permit_frames


@require_safe
@never_cache
def health(request):
    """Say that this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_required(login_url="admin:login")
def style_guide(request):
    """Show whoever works at the newsroom every component in every state."""
    if not request.user.is_staff:
        raise PermissionDenied
    shown = {
        "colours": guide.colours(),
        "measures": guide.measures(),
        "components": guide.components(),
    }
    return permit_frames(render(request, "style_guide.html", shown), guide.EMBEDS.values())


def not_found(request, rest):
    raise Http404


def bad_request(request, exception):
    """Say which limit of the server a form passed, where that is what was wrong."""
    sentences = {
        TooManyFilesSent: _("At most %(number)s files can be sent at once."),
        TooManyFieldsSent: _("The form has more fields than this site takes."),
        RequestDataTooBig: _("The text is longer than this site takes."),
    }
    sentence = sentences.get(type(exception), "") % {"number": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
    return HttpResponseBadRequest(render_to_string("400.html", {"said": sentence}, request))
