from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models

from articles.addresses import path_to
from articles.search.folding import fold

MOST_WORDS = 4
SAME = "For the search this is the same: it looks past case and accents."


class SearchSuggestion(models.Model):
    """Another spelling that the search offers to whoever types this one: Kyiv for Kiev."""

    typed = models.CharField(max_length=80, help_text="One word, or up to four: Kiev.")
    folded = models.CharField(max_length=160, unique=True, editable=False)
    suggested = models.CharField(max_length=80, help_text="What readers are offered instead: Kyiv.")

    class Meta:
        ordering = ["folded"]

    def __str__(self):
        return f"{self.typed} → {self.suggested}"

    def save(self, **kwargs):
        self.folded = fold(self.typed)
        super().save(**kwargs)

    def get_absolute_url(self):
        return f"{path_to('articles:search')}?{urlencode({'q': self.typed})}"

    def clean(self):
        self.folded = fold(self.typed)
        if not 0 < len(self.folded.split()) <= MOST_WORDS:
            raise ValidationError({"typed": "Write one to four words."})
        if not fold(self.suggested):
            raise ValidationError({"suggested": "Write at least one word."})
        if self.folded == fold(self.suggested):
            raise ValidationError({"suggested": SAME})
        if SearchSuggestion.objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError({"typed": "There is a suggestion for this already."})
