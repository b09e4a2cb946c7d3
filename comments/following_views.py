from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.caching import for_one_reader
from articles.csrf import is_from_elsewhere
from comments import following, limits, posting, tokens
from comments.forms import FollowForm
from comments.models import Person

FROM_ELSEWHERE = _(
    "Your browser did not say that you pressed the button on this site. Press it once more, on this page."
)


@csrf_exempt  # the shared page with the form holds no token: the browser says where it was sent from
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, article_id):
    """Follow a conversation without writing in it. An account at once, anybody else by a letter."""
    try:
        article = posting.open_story(article_id, request.user)
    except posting.Refused as refusal:
        return render(request, "comments/refused.html", {"refusal": refusal}, status=refusal.status)
    account = request.user if request.user.is_authenticated and request.user.email else None
    if request.method != "POST":
        return _show(request, article, FollowForm(account=account))
    form = FollowForm(request.POST, account=account)
    if is_from_elsewhere(request):
        form.add_error(None, FROM_ELSEWHERE)
        return _show(request, article, form, status=403)
    if not form.is_valid():
        return _show(request, article, form, status=422)
    return _follow(request, article, form, account)


@csrf_exempt  # the token in the address is the secret
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirmation(request, token):
    """Opening the letter's link changes nothing; pressing the button on this page begins the letters."""
    wish = _of_token(tokens.wish_to_follow, token)
    if wish is None:
        raise Http404("This wish is forgotten.")
    pressed = request.method == "POST"
    if pressed:
        following.confirm(wish)
    context = {"wish": wish, "confirmed": pressed or wish.confirmed_at, "story": _if_visible(wish.article)}
    return render(request, "comments/follow_confirmation.html", context)


@csrf_exempt  # mailboxes post to it by themselves (RFC 8058); the token in the address is the secret
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def no_more_news(request, token):
    """The way out that each letter about new comments names. Opening it changes nothing."""
    followed = _of_token(tokens.following_written_about, token)
    if followed and request.method == "POST":
        following.stop(followed)
        followed.refresh_from_db(fields=["stopped_at"])
    context = {
        "stopped": followed is None or followed.stopped_at,
        "replies": followed is not None and followed.article_id is None,
        "story": _if_visible(followed.article) if followed and followed.article_id else None,
    }
    return render(request, "comments/no_more_news.html", context)


def _follow(request, article, form, account):
    pace = form.cleaned_data["pace"]
    if account:
        following.follow(Person.objects.of_writer(account), article, pace)
        return render(request, "comments/follow.html", {"article": article, "follows": True})
    email = form.cleaned_data["email"]
    try:
        limits.count_letter(request, email)
    except limits.TooMuch as refusal:
        form.add_error(None, str(refusal))
        return _show(request, article, form, status=429)
    following.ask(article, email, pace)
    return render(request, "comments/follow.html", {"article": article, "email": email})


def _show(request, article, form, status=200):
    return render(request, "comments/follow.html", {"article": article, "form": form}, status=status)


def _of_token(meant_by, token):
    try:
        return meant_by(token)
    except BadSignature as error:
        raise Http404("Not an address of ours.") from error


def _if_visible(article):
    return article if article.is_visible() else None
