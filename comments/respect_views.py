from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.caching import for_one_reader
from articles.csrf import is_from_elsewhere
from comments import limits, respects
from comments.models import ReaderComment

FROM_ELSEWHERE = _(
    "Your browser did not say that you pressed the button on this site, so it was not counted."
)


@csrf_exempt  # the shared page with the button holds no token: the browser says where it was pressed
@for_one_reader
@require_POST
def respect(request, pk):
    """Without JavaScript: back to the comment, or a page that says that respect was taken back."""
    comments = ReaderComment.objects.placed().below_visible_stories()
    comment = get_object_or_404(comments.numbered(pk))
    try:
        device, given = _press(request, comment)
    except respects.NotGiven as refusal:
        return _answer(request, comment, status=refusal.status, refusal=str(refusal))
    response = _answer(request, comment, given=given)
    if not request.user.is_authenticated:
        respects.remember(response, device)
    return response


def _press(request, comment):
    if is_from_elsewhere(request):
        raise respects.NotGiven(FROM_ELSEWHERE, status=403)
    try:
        limits.count_respect(request, comment)
    except limits.TooMuch as refusal:
        raise respects.NotGiven(str(refusal), status=429) from refusal
    device = respects.device_of(request)
    return device, respects.press(comment, respects.giver_of(request.user, device), request.user)


def _answer(request, comment, *, given=False, refusal="", status=200):
    if "application/json" in request.headers.get("Accept", ""):
        count = ReaderComment.objects.values_list("respect_count", flat=True).get(pk=comment.pk)
        return JsonResponse({"given": given, "count": count, "refusal": refusal}, status=status)
    if given:
        return redirect(comment)
    context = {"comment": comment, "refusal": refusal}
    return render(request, "comments/respect.html", context, status=status)
