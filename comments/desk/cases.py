"""The queue, a single case, and what is decided there."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.desk.access import moderators_only
from comments.desk.forms import AppealForm, DecisionForm, QuestionForm
from comments.desk.telling import last_done, tell
from comments.models import Appeal, Case, ModerationAct
from comments.moderation import acts, appeals, bulk
from comments.moderation.guidelines import Guideline
from comments.moderation.queue import cards_of, lease

MOST_ON_A_PAGE = 100


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
        "asked": open_cases.filter(asked=request.user).order_by("opened_at")[:10],
        "guidelines": Guideline.choices,
        "last_done": last_done(request.user),
    }
    return render(request, "moderation/queue.html", context)


@moderators_only
@require_safe
def case(request, pk):
    """One case with all that waits in it; of a closed one, what was decided."""
    case = get_object_or_404(Case, pk=pk)
    card = next(iter(cards_of(Case.objects.filter(pk=pk), shown=MOST_ON_A_PAGE)), None)
    context = {
        "case": case,
        "card": card,
        "decided": _decided(case) if card is None else None,
        "guidelines": Guideline.choices,
        "last_done": last_done(request.user),
    }
    return render(request, "moderation/case.html", context)


@moderators_only
@require_POST
def decision(request, pk):
    """Decide everything in a case that the moderator has seen."""
    case = get_object_or_404(Case, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, form, "What becomes of the comment?", case)
    comments = list(bulk.waiting_in([case], up_to=form.cleaned_data["seen"]))
    if comments:
        tell(request, bulk.decide(comments, request.user, **form.wish))
    else:
        messages.warning(request, _decided(case))
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
        except (acts.AlreadyDecided, appeals.NotYours) as fact:
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


def _decided(case):
    """Return a sentence about what became of a case in which nothing waits for this moderator."""
    about = Q(comment__case=case) & Q(act__in=("approve", "remove", "uphold", "overturn"))
    last = ModerationAct.objects.filter(about, undone_by=None).select_related("by").first()
    return str(acts.AlreadyDecided(last, "Nothing waits in this case."))
