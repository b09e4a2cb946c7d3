"""Much from one place in a short time. Counted in one statement each, so exact on both databases.

`comments.limits` refuses what is far more than this; here the comments are kept, and held.
"""

from articles.ratelimit import allow
from comments.moderation.verdicts import hold, passed

MINUTE_S = 60
FROM_ONE_NETWORK = (20, 10 * MINUTE_S)
FROM_ONE_PERSON = (5, 10 * MINUTE_S)


def flood(attempt):
    """Count this comment, if it is stored, against its network and its person.

    New words in a comment are no new one: what was said when it came stands, and nothing is counted.
    """
    if not attempt.is_final:
        return passed()
    if attempt.is_change:
        return _as_it_came(attempt.comment)
    # In the transaction on purpose: a comment that is rolled back has not been written.
    if attempt.network and not allow(f"stored from {attempt.network}", *FROM_ONE_NETWORK):
        return hold(f"More than {FROM_ONE_NETWORK[0]} comments came from one network within ten minutes.")
    if attempt.person and not allow(f"stored by {attempt.person.pk}", *FROM_ONE_PERSON):
        return hold(f"More than {FROM_ONE_PERSON[0]} comments came from this person within ten minutes.")
    return passed("No flood.")


def _as_it_came(comment):
    held = (check for check in comment.checks if check["step"] == "flood" and check["decision"] == "hold")
    return next((hold(check["reason"]) for check in held), passed("No flood."))
