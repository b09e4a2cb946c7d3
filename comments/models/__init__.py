from .comment import NotAnswerable, ReaderComment
from .correction_letter import CorrectionLetter
from .correction_mailing import CorrectionMailing
from .moderation_act import ModerationAct, ModerationActIsFinal
from .pending_comment import PendingComment

__all__ = [
    "CorrectionLetter",
    "CorrectionMailing",
    "ModerationAct",
    "ModerationActIsFinal",
    "NotAnswerable",
    "PendingComment",
    "ReaderComment",
]
