"""What the story's own conversation says: closed, held, by a moderator's rule, by age or by heat."""

from comments.moderation.verdicts import hold, passed, refuse


def is_open(attempt):
    if why := attempt.thread.why_closed(attempt.now):
        return refuse(why)
    return passed("The conversation is open.")


def rule(attempt):
    thread = attempt.thread
    if thread.rule == thread.Rule.HELD:
        return hold("A moderator reads every comment below this story first.")
    if thread.heat_at(attempt.now) == thread.Heat.HELD:
        return hold("The conversation runs hot: a moderator reads every comment first.")
    return passed("The story asks for no moderator first.")
