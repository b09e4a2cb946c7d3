"""What every outbox does: rows that say when they are tried next, of which each is one worker's at a time."""

from django.db.models import F
from django.utils import timezone


def claim(rows, pk, pauses):
    """Return the row if it is due and ours to try now, else None.

    It is ours until `next_attempt_at`, which moves ahead by the pause after this attempt, in one conditional
    UPDATE: of two workers only one has it, and when that one dies the row falls due again by itself. So the
    first pause has to be longer than an attempt can last.
    """
    now = timezone.now()
    due = rows.filter(pk=pk, next_attempt_at__lte=now)
    attempts = due.values_list("attempts", flat=True).first()
    if attempts is None:
        return None
    pause = pauses[min(attempts, len(pauses) - 1)]
    claimed = due.filter(attempts=attempts).update(attempts=F("attempts") + 1, next_attempt_at=now + pause)
    return rows.get(pk=pk) if claimed else None
