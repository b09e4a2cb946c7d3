from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.desk.access import moderators_only
from comments.models import LearnedScore, WordRule
from comments.moderation import word_rules
from comments.moderation.guidelines import Guideline
from comments.moderation.score import LEAST, in_words

MOST_LINES = 1000
LISTED = 200
STRONGEST = 30


class WordRuleForm(forms.Form):
    """One rule for each line."""

    patterns = forms.CharField(
        label="Words or phrases, one a line",
        max_length=MOST_LINES * 100,
        help_text="Capitals, accents and look-alike letters make no difference. * stands for any letters "
        "at the beginning or end of a word: casino*, *coin.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "field__input", "dir": "auto"}),
        error_messages={"required": "Write a word or a phrase."},
    )
    kind = forms.ChoiceField(label="What becomes of a comment with it", choices=WordRule.Kind.choices)
    guideline = forms.ChoiceField(label="Guideline", choices=Guideline.choices, initial=Guideline.ADVERTISING)
    note = forms.CharField(label="Note for colleagues", required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "guideline", "note"):
            self.fields[name].widget.attrs["class"] = "field__input"
        self.fields["kind"].initial = WordRule.Kind.SUSPECT

    def clean_patterns(self):
        lines = self.cleaned_data["patterns"].splitlines()
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"At most {MOST_LINES} lines at once.")
        pairs, problems = word_rules.parsed(lines)
        too_long = [pattern for pattern, folded in pairs if len(pattern) > 100 or len(folded) > 200]
        if too_long:
            problems.append(f"“{too_long[0][:40]}…” is longer than 100 letters.")
        if problems:
            raise forms.ValidationError(problems[:10])
        return pairs


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request):
    """The lists, and a form that says what new rules would have done before it saves them."""
    form, trial = WordRuleForm(request.POST or None), None
    if form.is_valid():
        wish = form.cleaned_data
        if "save" in request.POST:
            count = word_rules.add(
                wish["patterns"],
                request.user,
                kind=wish["kind"],
                guideline=wish["guideline"],
                note=wish["note"],
            )
            messages.success(request, f"In the list: {count} rule{'' if count == 1 else 's'}.")
            return redirect("moderation:words")
        trial = word_rules.attempt(wish["patterns"])
    sought = request.GET.get("q", "").strip()[:100]
    rules = WordRule.objects.select_related("added_by")
    if sought:
        rules = rules.filter(pattern__icontains=sought)
    context = {
        "form": form,
        "trial": trial,
        "rules": rules[:LISTED],
        "count": rules.count(),
        "sought": sought,
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "moderation/words.html", context, status=status)


@moderators_only
@require_POST
def take_out(request, pk):
    rule = WordRule.objects.filter(pk=pk).first()
    if rule and word_rules.take_out(rule, request.user):
        messages.success(request, f"Taken out: {rule}.")
    else:
        messages.warning(request, "It had been taken out already.")
    return redirect("moderation:words")


@moderators_only
@require_safe
def score(request):
    """What was learned from decisions, how good it is, and by which signs."""
    model = LearnedScore.objects.first()
    signs = sorted(model.weights.items(), key=lambda item: item[1]) if model else []
    context = {
        "model": model,
        "towards": [in_words(sign) for sign, weight in signs[::-1][:STRONGEST] if weight > 0],
        "away": [in_words(sign) for sign, weight in signs[:STRONGEST] if weight < 0],
        "least": LEAST,
    }
    return render(request, "moderation/score.html", context)
