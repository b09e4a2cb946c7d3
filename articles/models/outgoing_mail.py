from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """A letter on its way. `articles.mail` writes, sends and forgets these rows."""

    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    about = models.CharField(max_length=40, blank=True, db_default="")  # by which it can be called back
    queued_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = []
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(next_attempt_at__isnull=False),
                name="outgoing_mail_waiting",
            ),
            models.Index(fields=["about"], condition=~models.Q(about=""), name="outgoing_mail_by_matter"),
        ]

    def __str__(self):
        return f"Mail {self.pk}"
