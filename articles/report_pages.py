"""The pages on which a reader reports an error, and finds out what became of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles import error_reports
from articles.caching import for_one_reader, same_for_everyone
from articles.csrf import NO_COOKIE, is_forged
from articles.forms import ErrorReportForm
from articles.models import Article, ErrorReport, Version
from articles.not_here import not_here
from articles.passages import passage_at, passages_of
from articles.ratelimit import allow, client_network, mailbox_of

HOUR = 60 * 60
DAY = 24 * HOUR
FROM_ONE_NETWORK = (30, HOUR)
# Two limits, so that a stranger who uses up his own does not lock the mailbox's owner out.
TO_ONE_MAILBOX_FROM_ONE_NETWORK = (4, DAY)
TO_ONE_MAILBOX = (10, DAY)

TOO_MUCH = _(
    "Too many reports came from your connection within an hour. Keep your words and send them later."
)
TOO_MANY_LETTERS = _(
    "We have sent as many letters to this address today as we send to anybody. "
    "Leave the address out: the page that comes next will show what becomes of your report."
)


@require_safe
@same_for_everyone
def passages(request, slug):
    """The first step: where is it wrong? Each passage leads to its form."""
    article = _visible(slug)
    if article is None:
        return not_here(request, slug)
    context = {"article": article, "version": article.live_version}
    return render(
        request, "articles/report_passages.html", context | {"passages": passages_of(article.live_version)}
    )


@csrf_exempt  # the check is made inside, so that a refusal keeps the words
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request, slug, number, place):
    """The second step: what is wrong in this passage of the version that the reader has seen?"""
    article = _visible(slug, moved=request.method == "POST")
    if article is None:
        return not_here(request, slug, words=request.POST.get("words", "").replace("\0", ""))
    version = get_object_or_404(Version.objects.public().filter(article=article), number=number)
    version.article = article
    passage = passage_at(version, place)
    if passage is None:
        raise Http404("No such passage.")
    if request.method == "POST":
        return _send(request, version, passage)
    return _show(request, version, passage, ErrorReportForm(initial={"secret": error_reports.new_secret()}))


@require_safe
@for_one_reader
def report(request, secret):
    """What became of it, for whoever holds the secret.

    The reader's own words are not here: the address may have been mailed to somebody who did not write them.
    """
    reports = ErrorReport.objects.filter(secret_hash=error_reports.hash_of(secret))
    report = get_object_or_404(reports)
    article = Article.objects.visible().for_cards().filter(pk=report.article_id).first()
    context = {
        "report": report,
        "article": article,
        "correction": Version.objects.public().filter(pk=report.correction_id).first(),
        "address": error_reports.address_of(secret),
    }
    return render(request, "articles/report.html", context)


def _visible(slug, *, moved=False):
    """Return the story; with `moved`, by an old address too: words that are sent follow no redirect."""
    stories = Article.objects.visible().select_related("section", "picture", "live_version")
    article = stories.filter(slug=slug).first() or (stories.once_at(slug).first() if moved else None)
    if article:
        article.live_version.article = article
    return article


def _send(request, version, passage):
    form = ErrorReportForm(request.POST)
    if is_forged(request):
        form.add_error(None, NO_COOKIE)
        return _show(request, version, passage, form.shown_again(), status=403)
    if not form.is_valid():
        return _show(request, version, passage, form.shown_again(), status=422)
    refusal = _refusal(request, form.cleaned_data["email"])
    if refusal:
        form.add_error(None, refusal)
        return _show(request, version, passage, form.shown_again(), status=429)
    said = {name: form.cleaned_data[name] for name in ("words", "name", "email", "secret")}
    return redirect("articles:report", error_reports.send(version, passage, **said))


def _refusal(request, email):
    """Count one report against its network and its mailbox; return a sentence if that is too much."""
    network = client_network(request)
    if not allow(f"error reports from {network}", *FROM_ONE_NETWORK):
        return TOO_MUCH
    if email:
        mailbox = f"error reports to {mailbox_of(email)}"
        of_network = allow(f"{mailbox} from {network}", *TO_ONE_MAILBOX_FROM_ONE_NETWORK)
        if not of_network or not allow(mailbox, *TO_ONE_MAILBOX):
            return TOO_MANY_LETTERS
    return None


def _show(request, version, passage, form, status=200):
    context = {
        "article": version.article,
        "version": version,
        "passage": passage,
        "form": form,
        "is_newest": version == version.article.live_version,
    }
    return render(request, "articles/report_error.html", context, status=status)
