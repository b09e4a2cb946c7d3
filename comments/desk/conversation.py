from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Article
from comments.desk.access import moderators_only
from comments.models import HeatStep, Thread
from comments.moderation import acts, heat
from comments.moderation.conversations import ChangedMeanwhile, change_rules

STEPS_SHOWN = 20


class RulesForm(forms.ModelForm):
    """The rules, and what stood when the page was opened."""

    seen_rule = forms.CharField(widget=forms.HiddenInput)
    seen_days = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Thread
        fields = ["rule", "closes_after_days"]
        labels = {"rule": "New comments", "closes_after_days": "Closes after"}
        widgets = {
            "rule": forms.Select(attrs={"class": "field__input"}),
            "closes_after_days": forms.NumberInput(attrs={"class": "field__input", "min": 0, "max": 3650}),
        }

    def __init__(self, *args, instance, **kwargs):
        marks = {"seen_rule": instance.rule, "seen_days": instance.closes_after_days}
        super().__init__(*args, instance=instance, initial=marks, **kwargs)

    @property
    def wanted(self):
        return {name: self.cleaned_data[name] for name in ("rule", "closes_after_days")}

    @property
    def seen(self):
        return {"rule": self.cleaned_data["seen_rule"], "closes_after_days": self.cleaned_data["seen_days"]}


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request, article_id):
    """The rules and the heat of the conversation below one story that readers see."""
    article = get_object_or_404(
        Article.objects.visible().select_related("section", "live_version"), pk=article_id
    )
    form = RulesForm(request.POST or None, instance=Thread.objects.of(article))
    if form.is_valid():
        try:
            change_rules(article, request.user, form.wanted, seen=form.seen)
        except ChangedMeanwhile as fact:
            stands = Thread(article=article, **fact.now)
            form.add_error(
                None, f"{fact} Now: {stands.get_rule_display()}. Save again to put yours in place."
            )
            form.data = form.data.copy()
            form.data["seen_rule"] = fact.now["rule"]
            form.data["seen_days"] = fact.now["closes_after_days"] or ""
        else:
            messages.success(request, "Saved.")
            return redirect("moderation:conversation", article.pk)
    context = {
        "article": article,
        "form": form,
        "heat": Thread.Heat(Thread.objects.of(article).heat_at()),
        "steps": _told(article),
    }
    status = 409 if form.is_bound and form.errors else 200
    return render(request, "moderation/conversation.html", context, status=status)


@moderators_only
@require_POST
def cool(request, article_id):
    """Take the heat of a conversation back."""
    article = get_object_or_404(Article.objects.visible(), pk=article_id)
    try:
        heat.cool(article, request.user)
    except acts.AlreadyDecided as fact:
        messages.warning(request, str(fact))
    else:
        messages.success(request, "Taken back: everybody can write as usual.")
    return redirect("moderation:conversation", article.pk)


def _told(article):
    steps = HeatStep.objects.filter(article=article).select_related("by")[:STEPS_SHOWN]
    return [(step, Thread.Heat(step.before).label, Thread.Heat(step.step).label) for step in steps]
