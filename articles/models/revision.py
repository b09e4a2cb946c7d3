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

    Saves that the page makes by itself while somebody types go on in one row until
    another person saves or the writer presses the button.
    """

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
    settled_at = models.DateTimeField(null=True, help_text="When words that were set aside were dealt with.")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        default_permissions = []
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["version", "-at"], name="revision_of_version")]

    def __str__(self):
        return f"{self.version}, revision {self.number} by {self.by}"

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
