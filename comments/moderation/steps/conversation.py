"""What the story's own conversation says: closed, held, by a moderator's rule, by age or by heat."""

from datetime import timedelta

from django.utils.translation import gettext

from comments.moderation.verdicts import hold, passed, refuse

SLOW_MODE = timedelta(minutes=2)  # between two comments of one person below one story


def is_open(attempt):
    if why := attempt.thread.why_closed(attempt.now):
        return refuse(why)
    return passed("The conversation is open.")


def slow(attempt):
    """In slow mode everybody waits two minutes between comments below the story."""
    thread = attempt.thread
    if thread.heat_at(attempt.now) != thread.Heat.SLOW:
        return passed()
    since = attempt.now - SLOW_MODE
    lately = {"article": thread.article_id, "submit_date__gt": since}
    if attempt.person and attempt.others.filter(**lately).exists():
        told = gettext("This conversation is in slow mode: wait two minutes between your comments.")
        return refuse(told)
    return passed("In slow mode, and not too soon.")


def rule(attempt):
    thread = attempt.thread
    if thread.rule == thread.Rule.HELD:
        return hold("A moderator reads every comment below this story first.")
    if thread.heat_at(attempt.now) == thread.Heat.HELD:
        return hold("The conversation runs hot: a moderator reads every comment first.")
    return passed("The story asks for no moderator first.")
