from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class RevisionQuerySet(models.QuerySet):
    def of(self, article):
        return self.filter(version__article=article)

    def waiting(self):
        """Words that were set aside and that nobody has merged yet."""
        return self.filter(way=self.model.Way.ASIDE, settled_at__isnull=True)

    def taken(self):
        return self.exclude(way=self.model.Way.ASIDE)


class Revision(models.Model):
    """What somebody saved into a draft, or wanted to: kept for good, so that no word is ever lost.

    Saves that the page makes by itself while somebody types go on in one row for a few minutes, unless
    text goes: see `continues`.
    """

    TYPED_IN_ONE_ROW_FOR = timedelta(minutes=5)  # so much typing at most is not to be had step by step
    SHRUNK_TO = 0.8  # of the length; below it somebody deletes, and what stood before is kept as it was

    class Way(models.TextChoices):
        SAVED = "saved"
        TYPED = "typed", "saved while typing"
        ASIDE = "aside", "set aside: somebody else had saved before"

    version = models.ForeignKey("Version", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="The draft's revision when it was saved.")
    built_on = models.CharField(max_length=80, blank=True, help_text="The mark that a late writer saw.")
    way = models.CharField(max_length=5, choices=Way)
    words = models.JSONField(help_text="The fields of the draft, by name.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, help_text="When the typing began that this row holds.")
    settled_at = models.DateTimeField(null=True, help_text="When words that were set aside were dealt with.")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        default_permissions = []
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["version", "-at"], name="revision_of_version")]

    def __str__(self):
        return f"{self.version}, revision {self.number} by {self.by}"

    def continues(self, words, by, now):
        """Whether what `by` goes on typing may take the place of this row, and nothing is lost by it."""
        if self.way != self.Way.TYPED or self.by_id != by.pk or self.begun_at is None:
            return False
        is_recent = now - self.begun_at < self.TYPED_IN_ONE_ROW_FOR
        return is_recent and _length(words) >= self.SHRUNK_TO * _length(self.words)

    def settle(self):
        """Words that were set aside are dealt with."""
        type(self).objects.filter(pk=self.pk, settled_at=None).update(settled_at=timezone.now())

    def words_before(self):
        """Return the words on which a writer who came late had built, or none where they are not known."""
        version_pk, _, rest = self.built_on.partition(".")
        number = rest.partition(".")[0]
        if not (version_pk.isdigit() and number.isdigit()):
            return {}
        taken = type(self).objects.filter(version_id=int(version_pk), number__lte=int(number)).taken()
        newest = taken.order_by("-number").first()
        return newest.words if newest else {}


def _length(words):
    return sum(len(str(text)) for text in words.values())
