from django.db import models
from django.utils import timezone


class LearnedScore(models.Model):
    """What was learned from this site's own decisions at one time, and how well it did on others.

    `weights` gives each sign its log-odds for a removal. The figures are of decisions that were
    held back from learning, and from the choice of the threshold.
    """

    learned_at = models.DateTimeField(default=timezone.now)
    removed = models.PositiveIntegerField()  # decisions learned from, by what was decided
    kept = models.PositiveIntegerField()
    weights = models.JSONField(default=dict)
    bias = models.FloatField(default=0)
    threshold = models.FloatField(null=True)  # from which score it holds; None: it never does
    hit = models.PositiveIntegerField(default=0)  # held-back comments at the threshold: removed and found
    missed = models.PositiveIntegerField(default=0)  # removed and not found
    wrong = models.PositiveIntegerField(default=0)  # kept, and found all the same
    right = models.PositiveIntegerField(default=0)  # kept, and not found

    class Meta:
        ordering = ["-pk"]
        default_permissions = []

    def __str__(self):
        return f"Learned at {self.learned_at}"

    @property
    def precision(self):
        """Of those that it found, the share that was removed; None where it found none."""
        found = self.hit + self.wrong
        return self.hit / found if found else None

    @property
    def precision_percent(self):
        return f"{self.precision:.0%}"

    @property
    def recall_percent(self):
        return f"{self.recall:.0%}"

    @property
    def held_back(self):
        return self.hit + self.missed + self.wrong + self.right

    @property
    def recall(self):
        """Of those that were removed, the share that it found."""
        removed = self.hit + self.missed
        return self.hit / removed if removed else None
