"""What moderators know of a person, and what they can do about one."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.ratelimit import mailbox_of
from comments.desk.access import moderators_only
from comments.desk.forms import BanForm, NoteForm, SuspensionForm, WarningForm
from comments.desk.telling import last_done
from comments.models import Person, ReaderComment, Sanction
from comments.moderation import acts
from comments.moderation.queue import load_what_was_said, standings_of

COMMENTS_ON_A_PAGE = 30
MOST_FOUND = 50
TITLES = {"warn": "Warn", "suspend": "Suspend", "ban": "Ban", "note": "A note on"}
FORMS = {"warn": WarningForm, "suspend": SuspensionForm, "ban": BanForm, "note": NoteForm}


@moderators_only
@require_safe
def find(request):
    """People by the name that they use, or by the whole e-mail address."""
    words = request.GET.get("q", "").strip()[:254]
    found = []
    if "@" in words:
        found = Person.objects.with_mailbox(mailbox_of(words))[:MOST_FOUND]
    elif words:
        found = Person.objects.called(words)[:MOST_FOUND]
    return render(request, "moderation/people.html", {"words": words, "found": found})


@moderators_only
@require_safe
def person(request, pk):
    person = get_object_or_404(Person.objects.select_related("user"), pk=pk)
    if person.merged_into_id:
        return redirect("moderation:person", person.merged_into_id)
    comments = person.comments.select_related("article__section", "article__live_version").order_by("-pk")
    before = request.GET.get("before", "")
    if before:
        if not before.isdecimal() or len(before) > 18:
            raise Http404("Not a place in this list.")
        comments = comments.filter(pk__lt=int(before))
    rows = list(comments[: COMMENTS_ON_A_PAGE + 1])
    shown = rows[:COMMENTS_ON_A_PAGE]
    load_what_was_said(shown)
    context = {
        "person": person,
        "standing": standings_of({pk}).get(pk),
        "comments": shown,
        "older": shown[-1].pk if len(rows) > COMMENTS_ON_A_PAGE else None,
        "networks": _networks(person),
        "last_done": last_done(request.user),
    }
    return render(request, "moderation/person.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request, pk, act):
    """Warn, suspend, ban, or note something, because of one comment or of many."""
    if act not in FORMS:
        raise Http404("No such act.")
    person = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk).now
    comment = ReaderComment.objects.filter(person=person).numbered(request.GET.get("comment", "")).first()
    networks = _networks(person)
    known = Sanction.objects.known_of(person, networks)
    limits = {"networks": networks} if act == "ban" else {}
    form = FORMS[act](request.POST or None, initial={"seen": known.count()}, **limits)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            _do(act, person, request.user, form, comment, networks)
        except acts.AlreadyDecided as fact:
            form.ask_again(str(fact), known.count())
            status = 409
        else:
            if act == "note":
                messages.success(request, "Noted.")
            return redirect("moderation:queue") if comment else redirect("moderation:person", pk)
    context = {
        "form": form,
        "title": f"{TITLES[act]} {person.name or (comment and comment.user_name) or person}",
        "comment": comment,
        "person": person,
        "standing": standings_of({person.pk}).get(person.pk),
    }
    return render(request, "moderation/form.html", context, status=status)


@moderators_only
@require_POST
def lift(request, pk):
    """End a sanction before its time."""
    sanction = get_object_or_404(Sanction, pk=pk)
    try:
        acts.lift(sanction, request.user)
    except acts.AlreadyDecided:
        messages.warning(request, "It had ended already.")
    else:
        messages.success(request, f"Ended: {sanction.get_kind_display()}.")
    if sanction.person_id:
        return redirect("moderation:person", sanction.person_id)
    return redirect("moderation:people")


@transaction.atomic
def _do(act, person, by, form, comment, networks):
    wish = form.cleaned_data
    if wish.get("seen") is not None:
        acts.check_unsanctioned_since(person, networks, wish["seen"])
    if act == "note":
        acts.note(person, by, wish["text"])
    elif act == "warn":
        acts.warn(person, by, wish["reason"], wish["words"], comment=comment)
    elif act == "suspend":
        acts.suspend(person, by, wish["reason"], form.ends_at, wish["words"], comment=comment)
    elif wish["network"]:
        acts.ban_network(wish["network"], by, wish["reason"], form.ends_at, wish["words"], comment=comment)
    else:
        acts.ban(person, by, wish["reason"], form.ends_at, wish["words"], comment=comment)


def _networks(person):
    """Return the networks from which the person's comments of the last thirty days came."""
    known = person.comments.exclude(network="").order_by("-pk").values_list("network", flat=True)[:50]
    return list(dict.fromkeys(known))[:5]
