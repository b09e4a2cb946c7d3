from django.db import models


class CorrectionLetter(models.Model):
    """That a reader has been written to about a correction. Of a reader it knows a keyed hash alone."""

    mailing = models.ForeignKey(
        "CorrectionMailing", on_delete=models.CASCADE, related_name="letters", db_index=False
    )
    reader = models.CharField(max_length=64)

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["mailing", "reader"], name="correction_told_once"),
        ]

    def __str__(self):
        return f"Letter {self.pk} of mailing {self.mailing_id}"
