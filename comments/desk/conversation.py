from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Article
from articles.reader_fields import NameField
from comments.account_pages.holders import account_called
from comments.desk.access import moderators_only
from comments.models import Expert, HeatStep, ReaderComment, Thread
from comments.moderation import acts, experts, heat
from comments.moderation.conversations import RULES, ChangedMeanwhile, change_rules

STEPS_SHOWN = 20
QUESTIONS_SHOWN = 50


class RulesForm(forms.ModelForm):
    """The rules, and what stood when the page was opened."""

    seen_mode = forms.CharField(widget=forms.HiddenInput)
    seen_rule = forms.CharField(widget=forms.HiddenInput)
    seen_closes_after_days = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Thread
        fields = RULES
        labels = {
            "mode": "Readers are asked for",
            "rule": "New comments",
            "closes_after_days": "Closes after",
        }
        widgets = {
            "mode": forms.Select(attrs={"class": "field__input"}),
            "rule": forms.Select(attrs={"class": "field__input"}),
            "closes_after_days": forms.NumberInput(attrs={"class": "field__input", "min": 0, "max": 3650}),
        }

    def __init__(self, *args, instance, **kwargs):
        marks = {f"seen_{name}": getattr(instance, name) for name in RULES}
        super().__init__(*args, instance=instance, initial=marks, **kwargs)

    @property
    def wanted(self):
        return {name: self.cleaned_data[name] for name in RULES}

    @property
    def seen(self):
        return {name: self.cleaned_data[f"seen_{name}"] for name in RULES}

    def show_what_stands(self, fact):
        """Say what a colleague saved meanwhile; saved once more, these rules take its place."""
        stands = Thread(**fact.now)
        now = f"{stands.get_mode_display()}, {stands.get_rule_display()}"
        self.add_error(None, f"{fact} Now: {now}. Save again to put yours in place.")
        self.data = self.data.copy()
        for name, value in fact.now.items():
            self.data[f"seen_{name}"] = "" if value is None else value


class ExpertForm(forms.Form):
    account = forms.CharField(
        label="Account",
        max_length=254,
        help_text="The e-mail address with which they sign in; of a colleague, the login name.",
        widget=forms.TextInput(attrs={"class": "field__input", "autocomplete": "off"}),
        error_messages={"required": "Say whose account it is: experts answer signed in."},
    )
    name = NameField(help_text="Stands above their answers.", required="Give the name above their answers.")
    line = forms.CharField(
        label="Who they are",
        max_length=120,
        help_text="A few words beside the name: seismologist at the university.",
        widget=forms.TextInput(attrs={"class": "field__input", "dir": "auto"}),
        error_messages={"required": "Say in a few words who they are: readers see it."},
    )

    def clean_account(self):
        account = account_called(self.cleaned_data["account"])
        if account is None:
            raise forms.ValidationError(
                "Nobody signs in with that. Whoever is to answer opens an account first, under Your account "
                "at the foot of every page, and confirms the address."
            )
        return account


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request, article_id):
    """What is asked for below one story that readers see, by which rules, and who answers."""
    article = _story(article_id)
    form = RulesForm(request.POST or None, instance=Thread.objects.of(article))
    if form.is_valid():
        try:
            change_rules(article, request.user, form.wanted, seen=form.seen)
        except ChangedMeanwhile as fact:
            form.show_what_stands(fact)
        else:
            messages.success(request, "Saved.")
            return redirect("moderation:conversation", article.pk)
    return _show(request, article, form=form, status=409 if form.is_bound and form.errors else 200)


@moderators_only
@require_POST
def name_expert(request, article_id):
    """Name who answers below the story."""
    article = _story(article_id)
    form = ExpertForm(request.POST)
    if not form.is_valid():
        return _show(request, article, expert_form=form, status=422)
    expert = experts.name(article, request.user, **form.cleaned_data)
    messages.success(request, f"{expert.name} answers here.")
    return redirect("moderation:conversation", article.pk)


@moderators_only
@require_POST
def end_expert(request, pk):
    """Let somebody answer no more."""
    expert = get_object_or_404(Expert, pk=pk, thread__article__in=Article.objects.visible())
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
    article = _story(article_id)
    try:
        heat.cool(article, request.user)
    except acts.AlreadyDecided as fact:
        messages.warning(request, str(fact))
    else:
        messages.success(request, "Taken back: everybody can write as usual.")
    return redirect("moderation:conversation", article.pk)


def _story(article_id):
    stories = Article.objects.visible().select_related("section", "live_version")
    return get_object_or_404(stories, pk=article_id)


def _show(request, article, *, form=None, expert_form=None, status=200):
    thread = Thread.objects.with_unanswered().of(article)
    unanswered = ReaderComment.objects.filter(article=article).unanswered().order_by("-article_id", "-place")
    named = Expert.objects.filter(thread=article.pk, ended_at=None)
    context = {
        "article": article,
        "thread": thread,
        "form": form or RulesForm(instance=thread),
        "expert_form": expert_form or ExpertForm(),
        "experts": named.select_related("user").order_by("pk"),
        "unanswered": unanswered.for_thread()[:QUESTIONS_SHOWN] if thread.asks_questions else [],
        "heat": thread.heat_at(),
        "steps": _told(article),
    }
    return render(request, "moderation/conversation.html", context, status=status)


def _told(article):
    steps = HeatStep.objects.filter(article=article).select_related("by")[:STEPS_SHOWN]
    return [(step, Thread.Heat(step.before).label, Thread.Heat(step.step).label) for step in steps]
