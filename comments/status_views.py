from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.caching import for_one_reader
from comments import changes, limits, posting, tokens
from comments.forms import AppealForm, ChangeForm
from comments.moderation import appeals
from comments.status import Status

# The token in each address is the secret that only the writer of the comment has.


@for_one_reader
@require_safe
def status(request, token):
    """What became of a comment, for its writer."""
    return _show(request, token, _comment(token))


@csrf_exempt
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, token):
    comment = _comment(token)
    if request.method != "POST":
        if why := changes.why_not_changed(comment):
            return _cannot_change(request, token, comment, why)
        return _show_form(request, token, comment, ChangeForm(initial={"comment": comment.comment}))
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _show_form(request, token, comment, form.shown_again(), status=422)
    try:
        changes.edit(comment, form.cleaned_data["comment"], request)
    except posting.Refused as refusal:
        comment = _comment(token)
        if why := changes.why_not_changed(comment):
            return _cannot_change(request, token, comment, why, form.cleaned_data["comment"])
        form.add_error("comment", str(refusal))
        return _show_form(request, token, comment, form, status=refusal.status, url=refusal.url)
    return redirect("comments:status", token)


@csrf_exempt
@for_one_reader
@require_POST
def withdrawal(request, token):
    comment = _comment(token)
    try:
        changes.withdraw(comment)
    except posting.Refused as refusal:
        return _show(request, token, _comment(token), status=refusal.status, problem=str(refusal))
    return redirect("comments:status", token)


@csrf_exempt
@for_one_reader
@require_POST
def appeal(request, token):
    """Ask another moderator whether the removal was right."""
    comment, form = _comment(token), AppealForm(request.POST)
    if not form.is_valid():
        return _show(request, token, comment, form=form.shown_again(), status=422)
    try:
        limits.count_appeal(request)
        appeals.make(comment, form.cleaned_data["words"])
    except limits.TooMuch as refusal:
        form.add_error("words", str(refusal))
        return _show(request, token, comment, form=form, status=429)
    except (appeals.NotAppealable, appeals.AlreadyAppealed):
        pass  # the page says how it stands
    return redirect("comments:status", token)


def _comment(token):
    try:
        return tokens.comment_of_writer(token)
    except BadSignature as error:
        raise Http404("Not an address of ours.") from error


def _show(request, token, comment, *, form=None, status=200, problem=""):
    context = {"status": Status(comment), "token": token, "form": form or AppealForm(), "problem": problem}
    return render(request, "comments/status.html", context, status=status)


def _show_form(request, token, comment, form, *, status=200, url=""):
    context = {"status": Status(comment), "token": token, "form": form, "url": url}
    return render(request, "comments/edit.html", context, status=status)


def _cannot_change(request, token, comment, why, words=""):
    context = {"status": Status(comment), "token": token, "why": why, "words": words}
    return render(request, "comments/edit.html", context, status=409)
