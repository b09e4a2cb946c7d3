from comments.moderation.verdicts import hold, passed
from comments.text import LINK

MOST_LINKS = 2


def links(attempt):
    count = len(LINK.findall(attempt.text))
    if count > MOST_LINKS:
        return hold(f"{count} links, where {MOST_LINKS} are usual.")
    return passed(f"{count} link{'' if count == 1 else 's'}.")
