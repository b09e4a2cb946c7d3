from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.person import Person
from comments.moderation.guidelines import Guideline


class SanctionQuerySet(models.QuerySet):
    def in_force(self, at=None):
        at = at or timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), lifted_at__isnull=True)

    def against(self, person, network=""):
        """Sanctions of a person or a network, whichever is known."""
        if person is None:
            return self.filter(network=network) if network else self.none()
        of_person = Q(person__in=Person.objects.same_as(person))
        return self.filter(of_person | Q(network=network) if network else of_person)

    def known_of(self, person, networks):
        """All that were ever given to a person or to the networks that they write from."""
        return self.filter(Q(person__in=Person.objects.same_as(person)) | Q(network__in=networks))


class Sanction(models.Model):
    """A warning, which must be acknowledged, or a suspension or ban, which ends."""

    class Kind(models.TextChoices):
        # Translators: these stand in “A moderator has ended the warning of whoever comments …”.
        WARNING = "warning", _("warning")
        SUSPENSION = "suspension", _("suspension")
        BAN = "ban", _("ban")

    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="sanctions")
    network = models.CharField(max_length=49, blank=True)
    reason = models.CharField(max_length=12, choices=Guideline)
    words = models.TextField(blank=True, help_text="What the person reads.")
    begins_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey("ModerationAct", on_delete=models.PROTECT, null=True, related_name="sanctions")
    acknowledged_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_at", "-pk"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["network"], name="sanctions_of_network"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    def acknowledge(self):
        """Note that the person has read it. Pressed twice, the first time stands."""
        now = timezone.now()
        if type(self).objects.filter(pk=self.pk, acknowledged_at=None).update(acknowledged_at=now):
            self.acknowledged_at = now
        else:
            self.refresh_from_db(fields=["acknowledged_at"])

    def is_in_force(self, at=None):
        at = at or timezone.now()
        return self.lifted_at is None and (self.ends_at is None or self.ends_at > at)
