"""The acts of `articles.publishing` as pages of the desk: what each asks, and whom it is open to."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.admin.acts import publication, review, timing, withdrawal
from articles.models import Article

State = Article.State


@dataclass(frozen=True)
class Act:
    name: str
    form: type
    right: str
    button: str
    title: str
    explanation: str
    done: str
    fits: Callable  # whether the act fits the state that a story is in
    key: str = ""  # the key that presses its button
    is_quiet: bool = False  # offered among the links at the head, not among the buttons below the text

    @property
    def url_name(self):
        return f"admin:articles_article_{self.name}"


_ACTS = [
    Act(
        "submission",
        review.SubmissionForm,
        "change_article",
        "Submit for review",
        "Submit for review",
        "The editors find it in their list as “in review”. You can go on writing.",
        "The story is with the editors.",
        lambda story: story.state == State.DRAFT,
        key="r",
    ),
    Act(
        "approval",
        review.ApprovalForm,
        "approve_article",
        "Approve",
        "Approve the story",
        "The words are good as they stand. Whoever changes them asks for a new approval.",
        "The story is approved.",
        lambda story: story.state == State.IN_REVIEW,
        key="a",
    ),
    Act(
        "sending-back",
        review.SendingBackForm,
        "send_back_article",
        "Send back",
        "Send the story back",
        "It becomes a draft again, with your note on its page.",
        "The story is sent back.",
        lambda story: story.state in (State.IN_REVIEW, State.APPROVED),
        key="b",
    ),
    Act(
        "schedule",
        timing.ScheduleForm,
        "schedule_article",
        "Schedule",
        "Schedule the story",
        "Readers see the draft as it is saved now, from the hour that you give.",
        "The story is scheduled.",
        lambda story: story.state in Article.BEFORE_PUBLICATION or story.is_scheduled,
        key="t",
    ),
    Act(
        "publication",
        publication.PublicationForm,
        "publish_article",
        "Publish now",
        "Publish the story",
        "Readers see the draft as it is saved now, at once.",
        "The story is published.",
        lambda story: story.state in Article.BEFORE_PUBLICATION or story.is_scheduled,
        key="P",
    ),
    Act(
        "calling-off",
        timing.CallingOffForm,
        "schedule_article",
        "Call off the schedule",
        "Call off the schedule",
        "The story becomes an approved draft again; no reader will have seen it.",
        "The schedule is called off.",
        lambda story: story.is_scheduled,
    ),
    Act(
        "update",
        publication.UpdateForm,
        "update_article",
        "Update",
        "Update the story",
        "More is known. The draft takes the place of what readers see; the history keeps what they saw.",
        "The story is updated.",
        lambda story: _is_read(story) and story.draft_id,
        key="u",
    ),
    Act(
        "correction",
        publication.CorrectionForm,
        "correct_article",
        "Correct",
        "Correct the story",
        "Something was wrong. The draft takes the place of what readers see; a note says what is right.",
        "The story is corrected.",
        lambda story: _is_read(story) and story.draft_id,
        key="c",
    ),
    Act(
        "clarification",
        publication.ClarificationForm,
        "clarify_article",
        "Clarify",
        "Clarify the story",
        "Something could be misunderstood. The draft takes the place of what readers see; a note says how.",
        "The story is clarified.",
        lambda story: _is_read(story) and story.draft_id,
        key="k",
    ),
    Act(
        "style",
        publication.StyleForm,
        "update_article",
        "Change of style",
        "Publish a change of style",
        "The draft says the same in other words: no note, no new date. The history shows it folded.",
        "The change of style is published.",
        lambda story: _is_read(story) and story.draft_id,
        key="y",
    ),
    Act(
        "embargo",
        timing.EmbargoForm,
        "embargo_article",
        "Embargo",
        "Set an embargo",
        "Nobody can publish the story, or a newer version of it, before the hour that you give.",
        "The embargo is set.",
        lambda story: story.state != State.WITHDRAWN,
        is_quiet=True,
    ),
    Act(
        "lifting",
        timing.LiftingForm,
        "embargo_article",
        "Lift the embargo",
        "Lift the embargo",
        "The story can be published at any time then.",
        "The embargo is lifted.",
        lambda story: story.embargo_until is not None,
        is_quiet=True,
    ),
    Act(
        "withdrawal",
        withdrawal.WithdrawalForm,
        "withdraw_article",
        "Withdraw",
        "Withdraw the story",
        "The story goes from every page, and its address says why. To bring it back takes two people.",
        "The story is withdrawn.",
        lambda story: _is_read(story),
        is_quiet=True,
    ),
    Act(
        "asking-back",
        withdrawal.AskingBackForm,
        "restore_article",
        "Ask for its return",
        "Ask for the story's return",
        "A colleague has to agree before readers see it again.",
        "A colleague can bring it back now.",
        lambda story: story.state == State.WITHDRAWN and story.restoration_asked_by_id is None,
        is_quiet=True,
    ),
    Act(
        "restoration",
        withdrawal.RestorationForm,
        "restore_article",
        "Bring back",
        "Bring the story back",
        "Readers see it again as it stood. Its history tells that it was gone.",
        "The story is back.",
        lambda story: story.state == State.WITHDRAWN and story.restoration_asked_by_id is not None,
        is_quiet=True,
    ),
]
ACTS = {act.name: act for act in _ACTS}


def acts_open_to(account, article):
    """Return what this account may do with the story in the state that it is in."""
    return [
        act
        for act in ACTS.values()
        if act.fits(article) and account.has_perm(f"articles.{act.right}", article)
    ]


def _is_read(story):
    """Whether readers see it."""
    return story.state == State.PUBLISHED and not story.is_scheduled
