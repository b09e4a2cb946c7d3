from .appeal import Appeal
from .case import Case
from .comment import NotAnswerable, ReaderComment
from .comment_report import CommentReport
from .correction_letter import CorrectionLetter
from .correction_mailing import CorrectionMailing
from .heat_step import HeatStep
from .learned_score import LearnedScore
from .likeness_band import LikenessBand
from .moderation_act import ModerationAct, ModerationActIsFinal
from .pending_comment import PendingComment
from .person import Person
from .person_note import PersonNote
from .respect import Respect
from .sanction import Sanction
from .thread import Thread
from .word_rule import WordListState, WordRule

__all__ = [
    "Appeal",
    "Case",
    "CommentReport",
    "CorrectionLetter",
    "CorrectionMailing",
    "HeatStep",
    "LearnedScore",
    "LikenessBand",
    "ModerationAct",
    "ModerationActIsFinal",
    "NotAnswerable",
    "PendingComment",
    "Person",
    "PersonNote",
    "ReaderComment",
    "Respect",
    "Sanction",
    "Thread",
    "WordListState",
    "WordRule",
]
