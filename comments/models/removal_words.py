from django.db import models


class RemovalWords(models.Model):
    """What a moderator wrote to the writer of a comment on removing it.

    Beside the ledger, so that a deletion of the writer's data can take it.
    """

    act = models.OneToOneField(
        "ModerationAct", on_delete=models.PROTECT, primary_key=True, related_name="words_to_writer"
    )
    text = models.TextField()

    class Meta:
        default_permissions = []

    def __str__(self):
        return self.text[:80]
