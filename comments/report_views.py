from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.caching import for_one_reader
from articles.csrf import NO_COOKIE, is_forged
from articles.ratelimit import client_network
from comments import limits
from comments.models import ReaderComment
from comments.moderation import reports
from comments.report_form import CommentReportForm


@csrf_exempt  # the check is made inside, so that a refusal keeps the words
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Why should this comment go? Anybody may say so; nobody learns whether others did."""
    comment = _comment(pk)
    if not comment.is_published:
        return _gone(request, comment)
    if request.method == "POST":
        return _send(request, comment, CommentReportForm(request.POST))
    return _show(request, comment, CommentReportForm())


def _comment(pk):
    comments = ReaderComment.objects.placed().below_visible_stories()
    stories = comments.select_related("article__section", "article__live_version")
    return get_object_or_404(stories.numbered(pk))


def _send(request, comment, form):
    if is_forged(request):
        form.add_error(None, NO_COOKIE)
        return _show(request, comment, form.shown_again(), status=403)
    if not form.is_valid():
        return _show(request, comment, form.shown_again(), status=422)
    try:
        limits.count_report(request)
    except limits.TooMuch as refusal:
        form.add_error(None, str(refusal))
        return _show(request, comment, form.shown_again(), status=429)
    return _make(request, comment, form.said())


def _make(request, comment, said):
    """Keep it and say thank you; the answer is the same whoever reported the comment before."""
    reporter = reports.reporter_of(request.user, client_network(request))
    confirm = bool(said["email"]) and limits.may_confirm_report(request, said["email"])
    try:
        report = reports.make(comment, reporter=reporter, confirm=confirm, **said)
    except reports.NotReportable:
        return _gone(request, comment)
    context = {"comment": comment, "email": said["email"], "confirmed": confirm and report is not None}
    return render(request, "comments/reported.html", context)


def _gone(request, comment):
    return render(request, "comments/report_gone.html", {"comment": comment}, status=410)


def _show(request, comment, form, status=200):
    context = {"comment": comment, "article": comment.article, "form": form}
    return render(request, "comments/report.html", context, status=status)
