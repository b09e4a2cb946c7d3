from .announcement import Announcement
from .appeal import Appeal
from .case import Case
from .comment import NotAnswerable, ReaderComment
from .comment_report import CommentReport
from .correction_letter import CorrectionLetter
from .correction_mailing import CorrectionMailing
from .digest_entry import DigestEntry
from .earlier_text import EarlierText
from .expert import Expert
from .following import Following
from .heat_step import HeatStep
from .learned_score import LearnedScore
from .likeness_band import LikenessBand
from .moderation_act import ModerationAct, ModerationActIsFinal
from .pending_comment import PendingComment
from .pending_following import PendingFollowing
from .person import Person
from .person_note import PersonNote
from .removal_words import RemovalWords
from .respect import Respect
from .sanction import Sanction
from .thread import Thread
from .word_rule import WordListState, WordRule

__all__ = [
    "Announcement",
    "Appeal",
    "Case",
    "CommentReport",
    "CorrectionLetter",
    "CorrectionMailing",
    "DigestEntry",
    "EarlierText",
    "Expert",
    "Following",
    "HeatStep",
    "LearnedScore",
    "LikenessBand",
    "ModerationAct",
    "ModerationActIsFinal",
    "NotAnswerable",
    "PendingComment",
    "PendingFollowing",
    "Person",
    "PersonNote",
    "ReaderComment",
    "RemovalWords",
    "Respect",
    "Sanction",
    "Thread",
    "WordListState",
    "WordRule",
]
