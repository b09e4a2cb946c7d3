from dataclasses import dataclass
from enum import Enum


class Decision(Enum):
    PASS = "pass"  # nothing to object; the next step is asked
    PUBLISH = "publish"  # no further step is asked
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Verdict:
    """What one step says. `reason` is a sentence: for the moderator, and on a refusal for the writer.

    `nudge` asks the writer to think again before sending. `url` leads a refused writer to what can be done.
    """

    decision: Decision
    reason: str = ""
    nudge: str = ""
    url: str = ""


PASS = Verdict(Decision.PASS)


def passed(reason="", nudge=""):
    return Verdict(Decision.PASS, reason, nudge)


def hold(reason, nudge=""):
    return Verdict(Decision.HOLD, reason, nudge)


def refuse(reason, url=""):
    return Verdict(Decision.REFUSE, reason, url=url)


def objection_in(checks):
    """Return the first verdict to hold among those kept on a comment (`Outcome.as_json`); empty if none."""
    return next((check for check in checks if check["decision"] == Decision.HOLD.value), {})
