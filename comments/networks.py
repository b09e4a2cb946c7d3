"""From which network a comment came is known for thirty days, for floods and bans, and then forgotten."""

from datetime import timedelta

from django.utils import timezone

from comments.models import PendingComment, ReaderComment

KEPT_FOR = timedelta(days=30)


def forget_old():
    before = timezone.now() - KEPT_FOR
    ReaderComment.objects.filter(submit_date__lt=before).exclude(network="").update(network="")
    PendingComment.objects.filter(created_at__lt=before, stored=None).exclude(network="").update(network="")
