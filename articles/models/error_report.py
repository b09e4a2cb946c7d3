from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ErrorReportQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at__isnull=True)

    def oldest_first(self):
        return self.order_by("created_at", "pk")


class ErrorReport(models.Model):
    """What a reader says is wrong in a story, and what the newsroom answered. Answered, it is final.

    States are changed by `articles.error_reports` alone. The reader holds a secret of
    which we keep the hash, so nobody finds the way to the answer in our tables.
    """

    class State(models.TextChoices):
        # Translators: what became of a report of an error: “Your report: new”.
        NEW = "new", pgettext_lazy("report", "new")
        # Translators: what became of a report of an error.
        TAKEN = "taken", _("being looked at")
        # Translators: what became of a report of an error.
        NO_ERROR = "no_error", _("not an error")
        # Translators: what became of a report of an error.
        CORRECTED = "corrected", pgettext_lazy("report", "corrected")

    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="error_reports")
    version = models.ForeignKey(
        "Version", on_delete=models.PROTECT, related_name="+", help_text="What the reader saw."
    )
    place = models.CharField(max_length=12, help_text="A block's id, or the name of another part.")
    passage = models.TextField(blank=True, help_text="What stood there, which may have changed since.")
    words = models.TextField("what is wrong")
    name = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    secret_hash = models.CharField(max_length=64, unique=True)

    state = models.CharField(max_length=9, choices=State, default=State.NEW)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    correction = models.ForeignKey(
        "Version", on_delete=models.PROTECT, null=True, related_name="corrected_reports"
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = "report of an error"
        verbose_name_plural = "reports of errors"
        default_permissions = ["view"]
        permissions = [("answer_errorreport", "Can answer reports of errors")]
        indexes = [
            models.Index(fields=["created_at", "id"], name="error_report_received"),
            models.Index(
                fields=["created_at", "id"],
                condition=models.Q(decided_at__isnull=True),
                name="error_report_waiting",
            ),
            models.Index(fields=["state", "-decided_at"], name="error_report_decided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["new", "taken"], decided_at__isnull=True, decided_by__isnull=True
                )
                | models.Q(
                    state__in=["no_error", "corrected"], decided_at__isnull=False, decided_by__isnull=False
                ),
                name="error_report_waits_or_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(state="corrected", correction__isnull=False)
                | (~models.Q(state="corrected") & models.Q(correction__isnull=True)),
                name="error_report_corrected_by_version",
            ),
        ]

    def __str__(self):
        return f"report {self.pk}"

    @property
    def is_decided(self):
        return self.decided_at is not None
