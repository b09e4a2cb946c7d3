"""What a reader sees and settles in an account: comments, name, letters, password, data."""

import json

from allauth.account.internal.flows.password_change import change_password, finalize_password_change
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles.caching import for_one_reader
from articles.models import Article
from comments import corrections, following, personal_data, tokens
from comments.account_pages.forms import ChangeAddressForm, ChangePasswordForm, DeletionForm, NameForm
from comments.accounts import account_name
from comments.models import Following, Person, ReaderComment
from comments.querysets import KEY

COMMENTS_ON_A_PAGE = 20
MOST_LETTERS = 100
MOST_QUESTIONS = 20
OF_NEWSROOM = gettext_lazy(
    "This is an account of the newsroom. Its name, address and password are kept at the desk."
)


def signed_in(*methods):
    """For who is signed in, whoever that is; never kept."""

    def decorate(view):
        return for_one_reader(require_http_methods(methods)(login_required(view)))

    return decorate


def readers_only(*methods):
    """As `signed_in`; what the desk keeps of its own accounts is not changed here."""

    def decorate(view):
        def answer(request):
            if request.user.is_staff:
                messages.warning(request, OF_NEWSROOM)
                return redirect("account")
            return view(request)

        return signed_in(*methods)(sensitive_post_parameters()(answer))

    return decorate


@signed_in("GET", "HEAD")
def account(request):
    person, name = Person.objects.known(request.user), account_name(request.user)
    comments, older = _page_of_comments(request, person)
    letters = _letters(person) if person and request.user.email else []
    followings = list(Following.objects.of(person)[:MOST_LETTERS]) if person and request.user.email else []
    _name_stories([*comments, *letters, *followings])
    context = {
        "account": request.user,
        "questions": ReaderComment.objects.unanswered_by(request.user)[:MOST_QUESTIONS],
        "comments": comments,
        "older": older,
        "letters": letters,
        "followings": followings,
        "name_form": NameForm(initial={"name": name}),
        "changing_to": EmailAddress.objects.get_new(request.user),
    }
    return render(request, "account/account.html", context)


@readers_only("POST")
def name(request):
    form = NameForm(request.POST)
    if not form.is_valid():
        return _show(request, "name", form)
    with transaction.atomic():
        person = Person.objects.of_writer(request.user)
        person.name = form.cleaned_data["name"]
        person.save(update_fields=["name"])
    messages.success(request, _("From now on your comments are by “%(name)s”.") % {"name": person.name})
    return redirect("account")


@signed_in("POST")
def letters(request):
    """Write no more, or at another pace, about what is followed; or no more about a story's corrections."""
    person = Person.objects.known(request.user)
    if "following" in request.POST:
        return _change_following(request, person)
    theirs = ReaderComment.objects.filter(person=person, person__isnull=False)
    comment = theirs.select_related("user").numbered(request.POST.get("comment", "")).first()
    if comment is None:
        raise Http404("Not a comment of yours.")
    corrections.stop(comment)
    messages.success(request, _("We will not write to you about corrections of that story any more."))
    return redirect("account")


def _change_following(request, person):
    key, pace = request.POST["following"], request.POST.get("pace", "")
    followed = Following.objects.of(person).filter(pk=key).first() if KEY.fullmatch(key) else None
    if followed is None:
        raise Http404("Nothing that you follow.")
    if pace in Following.Pace.values:
        following.follow(person, followed.article, pace)
        # Translators: pace is “at once, a letter for each comment” or “once a day, in the morning”
        told = _("We write to you %(pace)s.") % {"pace": Following.Pace(pace).label}
        messages.success(request, told)
    else:
        following.stop(followed)
        messages.success(request, _("We will not write to you about that any more."))
    return redirect("account")


@readers_only("GET", "HEAD", "POST")
def password(request):
    form = ChangePasswordForm(_sent(request), request=request, account=request.user)
    if not form.is_valid():
        return _show(request, "password_change", form)
    with transaction.atomic():
        change_password(request.user, form.cleaned_data["new_password"])
        finalize_password_change(request, request.user)
    told = _("Your password is changed. Wherever else you were signed in, you no longer are.")
    messages.success(request, told)
    return redirect("account")


@readers_only("GET", "HEAD", "POST")
def address(request):
    form = ChangeAddressForm(_sent(request), request=request, account=request.user)
    if not form.is_valid():
        return _show(request, "email_change", form)
    with transaction.atomic():
        EmailAddress.objects.add_new_email(request, request.user, form.cleaned_data["email"])
    return redirect("account_email_verification_sent")


@signed_in("POST")
def data(request):
    """All that we hold about whoever asks, as a file."""
    text = json.dumps(
        personal_data.export(personal_data.of_account(request.user)), indent=2, ensure_ascii=False
    )
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@readers_only("GET", "HEAD", "POST")
def deletion(request):
    form = DeletionForm(_sent(request), request=request, account=request.user)
    if not form.is_valid():
        return _show(request, "deletion", form)
    personal_data.erase(personal_data.of_account(request.user), words=form.cleaned_data["words"])
    logout(request)
    return redirect("account_deleted")


@for_one_reader
@require_safe
def deleted(request):
    return render(request, "account/deleted.html")


def _sent(request):
    return request.POST if request.method == "POST" else None


def _show(request, page, form):
    status = form.status if form.is_bound else 200
    return render(request, f"account/{page}.html", {"form": form}, status=status)


def _page_of_comments(request, person):
    """Return a page of what the person wrote, newest first, and the key from which older ones follow."""
    before = request.GET.get("before", "")
    if person is None:
        return [], None
    theirs = person.comments.order_by("-pk")
    if KEY.fullmatch(before):  # what is no place in the list leads to its head
        theirs = theirs.filter(pk__lt=int(before))
    rows = list(theirs[: COMMENTS_ON_A_PAGE + 1])
    shown = rows[:COMMENTS_ON_A_PAGE]
    for comment in shown:
        comment.status_token = tokens.status_token(comment)
    older = shown[-1].pk if len(rows) > COMMENTS_ON_A_PAGE else None
    return shown, older


def _letters(person):
    """Return one comment for each story about whose corrections the person is written to."""
    asking = person.comments.filter(wants_corrections=True).order_by("-pk")[:MOST_LETTERS]
    return list({comment.article_id: comment for comment in asking}.values())


def _name_stories(rows):
    """Give each row its story if readers see it now, so that no page names one that they do not."""
    stories = Article.objects.visible().select_related("section", "live_version")
    seen = stories.in_bulk({row.article_id for row in rows if row.article_id})
    for row in rows:
        row.story = seen.get(row.article_id)
