"""What the worker does by the clock, besides the tasks that it is given.

Each piece finds its work in the rows themselves and may run in several workers at
once. Nothing that readers see waits for it: publication is a question of time, not a job.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import error_reports, home, hub, mail, ratelimit, renditions, sessions
from articles.kept import marks
from articles.models import archive_day

MINUTE_S = 60
KEEP_TASK_RESULTS_DAYS = 7

logger = logging.getLogger(__name__)


def forget_old_tasks():
    """Forget tasks that ended, and those whose worker died over them."""
    before = timezone.now() - timedelta(days=KEEP_TASK_RESULTS_DAYS)
    DBTaskResult.objects.filter(enqueued_at__lt=before).exclude(status=TaskResultStatus.READY).delete()


# Other apps add theirs in their ready().
EVERY_MINUTE = [mail.deliver_overdue, renditions.make_overdue, hub.look, hub.tell_hub]
EVERY_HOUR = [
    mail.forget_old_mail,
    ratelimit.forget_ended_windows,
    forget_old_tasks,
    error_reports.forget_senders,
    home.forget_ended_slots,
    sessions.forget_ended_sessions,
    marks.forget_old_changes,
    archive_day.count_newest_days,
]


def run(chores):
    """Do `chores`; one that fails is logged and hinders no other."""
    for chore in chores:
        close_old_connections()
        try:
            chore()
        except Exception:
            logger.exception("%s failed; it will run again", chore.__name__)
    close_old_connections()


def start():
    """Let the clock tick beside the worker, until the process ends."""
    threading.Thread(target=_tick, name="clock", daemon=True).start()


def _tick():
    next_hour = time.monotonic()
    while True:
        run(EVERY_MINUTE)
        if time.monotonic() >= next_hour:
            run(EVERY_HOUR)
            next_hour += 60 * MINUTE_S
        time.sleep(MINUTE_S)
