"""The queue, a single case, and what is decided there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.desk.access import moderators_only
from comments.desk.forms import AppealForm, DecisionForm, QuestionForm
from comments.desk.telling import last_done, tell
from comments.models import Appeal, Case, ModerationAct, ReaderComment
from comments.moderation import acts, appeals, bulk, seen
from comments.moderation.guidelines import Guideline
from comments.moderation.queue import cards_of, decidable_by, lease, look_at

MOST_ON_A_PAGE = 100
LOOK_AGAIN = "This has changed since you looked. Here it is as it stands now; nothing was decided."
APPEALED = "Its writer has appealed: decide the appeal."


@moderators_only
@require_safe
def queue(request):
    """The most urgent cases that no colleague is looking at. Showing them leases them."""
    cards = lease(request.user)
    open_cases = Case.objects.open()
    elsewhere = open_cases.filter(leased_until__gt=timezone.now()).exclude(leased_by=request.user)
    context = {
        "cards": cards,
        "waiting": open_cases.count(),
        "elsewhere": elsewhere.count(),
        "not_yours": _not_for(request.user) if not cards else 0,
        "asked": open_cases.filter(asked=request.user).order_by("opened_at")[:10],
        "guidelines": Guideline.choices,
        "last_done": last_done(request.user),
    }
    return render(request, "moderation/queue.html", context)


@moderators_only
@require_safe
def case(request, pk):
    """One case with all that waits in it; of a closed one, what was decided. Showing it leases it."""
    return _show(request, get_object_or_404(Case, pk=pk))


@moderators_only
@require_POST
def decision(request, pk):
    """Decide everything in a case that the moderator has seen."""
    case = get_object_or_404(Case, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, form, "What becomes of the comment?", case)
    mark = form.cleaned_data["seen"]
    up_to = mark and mark.last
    comments = list(bulk.waiting_in([case], up_to=up_to))
    marks = seen.marks_of([comment.pk for comment in comments])
    if not comments:
        messages.warning(request, _decided(case))
    elif mark and seen.marks_of_cases([case], up_to=up_to).get(case.pk) != mark:
        messages.warning(request, LOOK_AGAIN)
        return _show(request, case, typed=form, status=409)
    else:
        tell(request, bulk.decide(comments, request.user, marks=marks, **form.wish))
    return redirect("moderation:queue")


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, pk):
    """Ask a colleague what they think of a case."""
    case = get_object_or_404(Case, pk=pk)
    form = QuestionForm(request.POST or None, asker=request.user)
    if not form.is_valid():
        return _ask_again(request, form, "Ask a colleague", case)
    try:
        acts.ask(case, request.user, **form.cleaned_data)
    except acts.AlreadyDecided as fact:
        messages.warning(request, str(fact))
    else:
        messages.success(request, f"Asked: {form.cleaned_data['colleague']}.")
    return redirect("moderation:queue")


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    """Decide an appeal: by another moderator than the one who removed the comment."""
    appeal = get_object_or_404(Appeal.objects.select_related("comment", "act__by"), pk=pk)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        decide = appeals.uphold if form.cleaned_data["decision"] == "uphold" else appeals.overturn
        try:
            decide(appeal, request.user, form.cleaned_data["answer"])
        except acts.AlreadyDecided as fact:
            messages.warning(request, str(fact))
        else:
            messages.success(request, "The appeal is decided; its writer gets a letter.")
        return redirect("moderation:queue")
    context = {"form": form, "title": "Decide the appeal", "appeal": appeal, "comment": appeal.comment}
    return render(request, "moderation/form.html", context, status=422 if form.is_bound else 200)


def _ask_again(request, form, title, case):
    status = 422 if form.is_bound else 200
    card = next(iter(cards_of(Case.objects.filter(pk=case.pk))), None)
    context = {"form": form, "title": title, "card": card}
    return render(request, "moderation/form.html", context, status=status)


def _show(request, case, *, typed=None, status=200):
    colleague = look_at(case, request.user)
    card = next(iter(cards_of(Case.objects.filter(pk=case.pk), shown=MOST_ON_A_PAGE)), None)
    if card and typed:
        card.words, card.note = typed.cleaned_data["words"], typed.cleaned_data["note"]
    context = {
        "case": case,
        "card": card,
        "colleague": colleague,
        "decided": _decided(case) if card is None else None,
        "guidelines": Guideline.choices,
        "last_done": last_done(request.user),
    }
    return render(request, "moderation/case.html", context, status=status)


def _not_for(moderator):
    """How many open cases hold nothing about which this moderator can decide."""
    return Case.objects.open().exclude(pk__in=decidable_by(moderator).values("pk")).count()


def _decided(case):
    """Return a sentence about what became of a case in which nothing waits for this moderator."""
    comments = ReaderComment.objects.filter(case=case)
    if comments.waiting().exists():
        return APPEALED
    decided = ModerationAct.objects.filter(comment__in=comments, act__in=ModerationAct.DECISIONS)
    last = decided.filter(undone_by=None).select_related("by").first()
    return str(acts.AlreadyDecided(last, "Nothing waits in this case."))
