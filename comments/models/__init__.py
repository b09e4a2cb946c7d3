from .comment import NotAnswerable, ReaderComment
from .moderation_act import ModerationAct, ModerationActIsFinal
from .pending_comment import PendingComment

__all__ = ["ModerationAct", "ModerationActIsFinal", "NotAnswerable", "PendingComment", "ReaderComment"]
