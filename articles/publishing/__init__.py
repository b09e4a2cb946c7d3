"""The acts of the newsroom. Each is one transaction, holds the story's row, and leaves a log entry.

Every act takes `by`, the account that acts, and `now`, the instant of the act,
which only tests and the loading of an archive have reason to give. Each asks for
a right of its own, for this very story.
"""

from articles.publishing.drafts import (
    DRAFT_FIELDS,
    StaleDraft,
    autosave_draft,
    save_draft,
    set_aside,
    slug_stem,
    unused_slug,
)
from articles.publishing.holding import NotReady, WrongState
from articles.publishing.lines import continue_story, continued_by, may_continue
from articles.publishing.publication import (
    EVERYTHING,
    NotAcknowledged,
    clarify,
    correct,
    publish,
    restyle,
    update,
)
from articles.publishing.review import approve, send_back, submit
from articles.publishing.timing import call_off, lift_embargo, schedule, set_embargo
from articles.publishing.withdrawal import ask_back, restore, withdraw

__all__ = [
    "DRAFT_FIELDS",
    "EVERYTHING",
    "NotAcknowledged",
    "NotReady",
    "StaleDraft",
    "WrongState",
    "approve",
    "ask_back",
    "autosave_draft",
    "call_off",
    "clarify",
    "continue_story",
    "continued_by",
    "correct",
    "lift_embargo",
    "may_continue",
    "publish",
    "restore",
    "restyle",
    "save_draft",
    "schedule",
    "send_back",
    "set_aside",
    "set_embargo",
    "slug_stem",
    "submit",
    "unused_slug",
    "update",
    "withdraw",
]
