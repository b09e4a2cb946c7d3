from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.caching import kept, same_for_everyone
from articles.csrf import NO_COOKIE, is_forged
from articles.kept import turns
from articles.not_here import not_here
from articles.ratelimit import client_network
from articles.reader_fields import normalise
from articles.story_page import visible_story
from comments import corrections, limits, posting, tokens
from comments.accounts import account_name
from comments.forms import ReaderCommentForm, WordsForm, find_answered
from comments.models import ReaderComment, Thread
from comments.public_log import PublicLogPage
from comments.text import as_html
from comments.threads import KEYS, address_of, around, page_of
from comments.threads.part import tell_what_shows
from comments.wording import COMMENTS


def personal(view):
    """Keep the page out of every cache and index, and answer a refusal with the reader's words."""

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except posting.Refused as refusal:
            words = getattr(refusal, "words", request.POST.get("comment", ""))
            context = {"refusal": refusal, "words": normalise(words.replace("\0", ""))}
            response = render(request, "comments/refused.html", context, status=refusal.status)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@require_safe
@same_for_everyone
@kept(*KEYS)
def thread(request, slug):
    article = visible_story(slug, timezone.now())
    if article is None:
        return not_here(request, slug, keys=KEYS)
    page, thread = page_of(article, request.GET), Thread.objects.shown_below(article)
    tell_what_shows(thread)
    return render(request, "comments/thread_page.html", around(page, thread, posting.why_closed(thread)))


@require_safe
@same_for_everyone
def log(request):
    """What moderators decided, without names or words."""
    return render(request, "comments/log.html", {"page": PublicLogPage(request.GET)})


@require_safe
@same_for_everyone
def comment(request, pk):
    """The lasting address of a comment: on to the page of the thread where it stands."""
    comments = ReaderComment.objects.standing().below_visible_stories().select_related("article")
    return redirect(address_of(get_object_or_404(comments.numbered(pk))))


@csrf_exempt  # it changes nothing, and the story page that posts to it holds no token
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request, article_id):
    """The second step: show the words as they will look, and ask whose they are."""
    thread = posting.open_thread(article_id, request.user)
    if request.method != "POST":
        return _begin_reply(request, thread)
    words = WordsForm(thread, request.POST)
    if not words.is_valid():
        return _show(request, thread, words.shown_again(), status=422)
    outcome = _look(request, thread, words)
    if outcome.refusal:
        words.add_error("comment", outcome.refusal.reason)
        return _show(request, thread, words.shown_again(), status=422)
    initial = words.cleaned_data | {"reply_to": request.POST.get("reply_to")}
    form = ReaderCommentForm(thread, initial=initial, account=request.user)
    return _show(request, thread, form, answered=words.cleaned_data["reply_to"], nudge=outcome.nudge)


@csrf_exempt  # the check is made inside, so that a refusal keeps the words
@personal
@require_POST
def post(request, article_id):
    thread = posting.open_thread(article_id, request.user)
    form = ReaderCommentForm(thread, request.POST, account=request.user)
    if is_forged(request):
        form.add_error(None, NO_COOKIE)
        return _show(request, thread, form.shown_again(), status=403)
    if not form.is_valid():
        return _show(request, thread, form.shown_again(), status=422)
    if refusal := _look(request, thread, form).refusal:
        form.add_error("comment", refusal.reason)
        return _show(request, thread, form.shown_again(), status=422)
    accept = _post if request.user.is_authenticated else _hold
    try:
        return accept(request, thread, form)
    except limits.TooMuch as refusal:
        form.add_error(None, str(refusal))
        return _show(request, thread, form.shown_again(), status=429)


@personal
@require_safe
def sent(request, token):
    pending = _of_token(tokens.pending_just_sent, token)
    story = pending and _if_visible(pending.article)
    called = Thread.objects.called(pending) if pending else COMMENTS.one
    return render(request, "comments/sent.html", {"pending": pending, "story": story, "called": called})


@csrf_exempt  # the token in the address is the secret; a reader without cookies can confirm too
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request, token):
    """Opening the letter's link changes nothing; pressing the button on this page stores the comment.

    From then on it leads the writer to what became of it.
    """
    pending = _of_token(tokens.pending_to_confirm, token)
    if pending is None:
        raise Http404("These words are forgotten.")
    try:
        if request.method == "POST":
            return _to_status(posting.confirm(pending, request))
        if pending.stored:
            return _to_status(pending.stored)
        thread = posting.check_confirmable(pending)
    except posting.Refused as refusal:
        refusal.words = pending.text
        raise
    context = {
        "pending": pending,
        "story": thread.article,
        "called": thread.wording.called(pending),
        "preview": as_html(pending.text),
    }
    return render(request, "comments/confirmation.html", context)


@csrf_exempt  # mailboxes post to it by themselves (RFC 8058); the token in the address is the secret
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def no_more_letters(request, token):
    """The way out that each letter about a correction names. Opening it changes nothing."""
    comment = _of_token(tokens.comment_written_to, token)
    stopped = request.method == "POST"
    if stopped:
        corrections.stop(comment)
    context = {"stopped": stopped, "story": _if_visible(comment.article)}
    return render(request, "comments/no_more_letters.html", context)


@csrf_exempt  # the token in the address is the secret
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def warning(request, token):
    """What a moderator wants somebody to read before they comment again. Opening it changes nothing."""
    sanction = _of_token(tokens.warning_of, token)
    if request.method == "POST":
        sanction.acknowledge()
    return render(request, "comments/warning.html", {"warning": sanction})


def _of_token(meant_by, token):
    try:
        return meant_by(token)
    except BadSignature as error:
        raise Http404("Not an address of ours.") from error


def _begin_reply(request, thread):
    key = request.GET.get("reply_to", "")
    answered = find_answered(thread.article, key)
    form = WordsForm(thread, initial={"reply_to": answered.pk if answered else None})
    lost = bool(key) and answered is None
    return _show(request, thread, form, answered=answered, lost=lost, status=404 if lost else 200)


def _look(request, thread, form):
    """Ask the chain about words that a form holds."""
    return posting.look(
        thread,
        form.cleaned_data["comment"],
        account=request.user,
        network=client_network(request),
    )


def _show(request, thread, form, *, answered=None, lost=False, nudge="", status=200):
    """Show a step of composing: the words alone, or with a look at them and whose they are."""
    if form.is_bound and "reply_to" in form.cleaned_data:
        answered = form.cleaned_data["reply_to"]
    text = "" if form.is_bound and "comment" in form.errors else form["comment"].value()
    context = {
        "article": thread.article,
        "wording": thread.wording,
        "form": form,
        "asks_whose": isinstance(form, ReaderCommentForm),
        "preview": as_html(text or ""),
        "answered": answered,
        "lost": lost,
        "nudge": nudge,
        "account_name": account_name(request.user, thread),
        "sign_in_url": _sign_in_url(request),
    }
    return render(request, "comments/compose.html", context, status=status)


def _sign_in_url(request):
    """Return where a reader can sign in and come back; empty where words would be lost on the way."""
    if request.user.is_authenticated or request.method == "POST":
        return ""
    return f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"


def _post(request, thread, form):
    if not thread.expert_of(request.user):
        limits.count_post(request.user)
    name = form.cleaned_data.get("name") or account_name(request.user, thread)
    words = _words(request, form)
    with turns.ACTS.turn():
        comment = posting.post(thread, request.user, name=name, request=request, **words)
    published = ReaderComment.objects.placed().filter(pk=comment.pk).exists()
    return redirect(comment) if published else _to_status(comment)


def _hold(request, thread, form):
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    limits.count_letter(request, email)
    pending = posting.hold(thread.article, name=name, email=email, **_words(request, form))
    return redirect("comments:sent", tokens.sent_token(pending))


def _words(request, form):
    cleaned = form.cleaned_data
    return {
        "text": cleaned["comment"],
        "reply_to": cleaned["reply_to"],
        "network": client_network(request),
        **form.wishes,
    }


def _to_status(comment):
    return redirect("comments:status", tokens.status_token(comment))


def _if_visible(article):
    """Return the story if readers see it now, so that no page leads to one that they do not."""
    return article if article.is_visible() else None
