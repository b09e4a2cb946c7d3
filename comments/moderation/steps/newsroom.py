from django_comments.signals import comment_will_be_posted

from comments.models import ReaderComment
from comments.moderation.verdicts import Decision, Verdict, hold, passed


def staff(attempt):
    """Whoever works here, or is named to answer below this story, is answered for by the newsroom."""
    if attempt.expert:
        return Verdict(Decision.PUBLISH, "Written by an expert who is named for this story.")
    if attempt.is_by_newsroom:
        return Verdict(Decision.PUBLISH, "Written by the newsroom.")
    return passed("Written by a reader.")


def receivers(attempt):
    """Ask the receivers of the comment library's signal, as its own moderators are.

    False, or `is_public` taken away, holds the comment.
    """
    if not attempt.is_final:
        return passed()
    comment = attempt.comment
    comment.content_object = attempt.article
    answers = comment_will_be_posted.send(sender=ReaderComment, comment=comment, request=attempt.request)
    if any(answer is False for _, answer in answers) or not comment.is_public:
        return hold("Held by a rule of this newsroom's own.")
    return passed()
