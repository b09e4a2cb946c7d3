from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Article
from comments.desk.access import at_the_desk, moderators_only
from comments.desk.conversation_forms import ExpertForm, RulesForm, SoughtForm
from comments.models import Expert, HeatStep, ReaderComment, Thread
from comments.moderation import acts, experts, heat
from comments.moderation.conversations import ChangedMeanwhile, change_rules, check_may_lead

STEPS_SHOWN = 20
QUESTIONS_SHOWN = 50


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request, article_id):
    """What is asked for below one story, by which rules, and who answers.

    With `comment`, the link of one, it leads to where is said to which correction that comment led.
    """
    article = _story(request, article_id)
    sought = SoughtForm(article, request.GET if "comment" in request.GET else None)
    if sought.is_valid():
        return redirect("moderation:correction", sought.cleaned_data["comment"].pk)
    form = RulesForm(request.POST or None, instance=Thread.objects.of(article))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            change_rules(article, request.user, form.wanted, seen=form.seen)
        except ChangedMeanwhile as fact:
            form.show_what_stands(fact)
            status = 409
        else:
            messages.success(request, "Saved.")
            return redirect("moderation:conversation", article.pk)
    return _show(request, article, form=form, sought=sought, status=status)


@at_the_desk
@require_POST
def name_expert(request, article_id):
    """Name who answers below the story."""
    article = _story(request, article_id)
    form = ExpertForm(request.POST)
    if not form.is_valid():
        return _show(request, article, expert_form=form, status=422)
    expert = experts.name(article, request.user, **form.cleaned_data)
    messages.success(request, f"{expert.name} answers here.")
    return redirect("moderation:conversation", article.pk)


@at_the_desk
@require_POST
def end_expert(request, pk):
    """Let somebody answer no more."""
    expert = get_object_or_404(Expert, pk=pk)
    _story(request, expert.thread_id)
    try:
        experts.end(expert, request.user)
    except acts.AlreadyDecided as fact:
        messages.warning(request, str(fact))
    else:
        messages.success(request, f"{expert.name} answers here no more.")
    return redirect("moderation:conversation", expert.thread_id)


@moderators_only
@require_POST
def cool(request, article_id):
    """Take the heat of a conversation back."""
    article = _story(request, article_id)
    try:
        heat.cool(article, request.user)
    except acts.AlreadyDecided as fact:
        messages.warning(request, str(fact))
    else:
        messages.success(request, "Taken back: everybody can write as usual.")
    return redirect("moderation:conversation", article.pk)


def _story(request, article_id):
    """Return a story whose conversation the account may lead."""
    stories = Article.objects.select_related("section", "live_version", "draft")
    article = get_object_or_404(stories, pk=article_id)
    try:
        check_may_lead(request.user, article)
    except PermissionDenied:
        if article.is_visible():
            raise
        raise Http404("No story that this account knows of.") from None
    return article


def _show(request, article, *, form=None, expert_form=None, sought=None, status=200):
    thread = Thread.objects.shown_below(article)
    unanswered = ReaderComment.objects.filter(article=article).unanswered().order_by("-article_id", "-place")
    named = Expert.objects.filter(thread=article.pk, ended_at=None)
    context = {
        "article": article,
        "thread": thread,
        "form": form or RulesForm(instance=thread),
        "expert_form": expert_form or ExpertForm(),
        "sought": sought or SoughtForm(article),
        "experts": named.select_related("user").order_by("pk"),
        "unanswered": unanswered.for_thread()[:QUESTIONS_SHOWN] if thread.asks_questions else [],
        "is_visible": article.is_visible(),
        "heat": thread.heat_at(),
        "steps": _told(article),
    }
    return render(request, "moderation/conversation.html", context, status=status)


def _told(article):
    steps = HeatStep.objects.filter(article=article).select_related("by")[:STEPS_SHOWN]
    return [(step, Thread.Heat(step.before).label, Thread.Heat(step.step).label) for step in steps]
