from django.db import models

from comments.querysets import CorrectionMailingQuerySet


class CorrectionMailing(models.Model):
    """The letters that one correction owes to readers, and how far they are written.

    Made in the transaction of the correction. `comments.corrections` works it off.
    """

    version = models.OneToOneField("articles.Version", on_delete=models.PROTECT, related_name="+")
    reached = models.PositiveBigIntegerField(default=0)  # the last comment whose writer has been seen to
    finished_at = models.DateTimeField(null=True)

    objects = CorrectionMailingQuerySet.as_manager()

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(finished_at__isnull=True),
                name="correction_mailing_unfinished",
            )
        ]

    def __str__(self):
        return f"Letters about version {self.version_id}"
