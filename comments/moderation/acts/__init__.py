"""What moderators do. Each act is one transaction, asks for the right, and leaves one row in the ledger.

`now` is the instant of the act, which only the loading of an archive has reason to give.
"""

from .asking import ask
from .decisions import approve, pick, remove, unpick
from .people import ban, ban_network, check_unsanctioned_since, lift, note, suspend, warn
from .record import AlreadyDecided, EndMissing, NotYours, ReasonMissing
from .tracing import NoSuchCorrection, trace
from .undoing import OF_APPEALS, NotTheLatest, can_be_undone, undo

__all__ = [
    "OF_APPEALS",
    "AlreadyDecided",
    "EndMissing",
    "NoSuchCorrection",
    "NotTheLatest",
    "NotYours",
    "ReasonMissing",
    "approve",
    "ask",
    "ban",
    "ban_network",
    "can_be_undone",
    "check_unsanctioned_since",
    "lift",
    "note",
    "pick",
    "remove",
    "suspend",
    "trace",
    "undo",
    "unpick",
    "warn",
]
