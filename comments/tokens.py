"""What our letters and redirects carry instead of data: a signed key, one salt for each purpose."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from articles.prepared import prepared
from comments.models import Following, PendingComment, PendingFollowing, ReaderComment, Sanction

CONFIRMATION = "comments.confirmation"
SENT = "comments.sent"
NO_MORE_LETTERS = "comments.no_more_letters"
WARNING = "comments.warning"
STATUS = "comments.status"
FOLLOW = "comments.follow"
FOLLOWING = "comments.following"
SENT_PAGE_TELLS_ADDRESS_FOR = timedelta(minutes=30)


def confirmation_token(pending):
    return signing.dumps(str(pending.pk), salt=CONFIRMATION)


def sent_token(pending):
    return signing.dumps(str(pending.pk), salt=SENT)


def pending_to_confirm(token):
    """Return the words that a letter's token stands for, confirmable or not; None once they are forgotten.

    Where they became a comment it never ends: it is the writer's way back. Raises BadSignature.
    """
    pending = next(_pending(UUID(signing.loads(token, salt=CONFIRMATION))), None)
    return None if pending is None or pending.is_forgotten else pending


@prepared
def _pending(key):
    return PendingComment.objects.filter(pk=key)


def pending_just_sent(token):
    """Return what was sent in this half hour, and None for a page opened later. Raises BadSignature."""
    try:
        key = signing.loads(token, salt=SENT, max_age=SENT_PAGE_TELLS_ADDRESS_FOR)
    except signing.SignatureExpired:
        return None
    pending = PendingComment.objects.select_related("article__section", "article__live_version")
    return pending.defer("article__live_version__body").filter(pk=key).first()


def no_more_letters_token(comment):
    return signing.dumps(comment.pk, salt=NO_MORE_LETTERS)


def comment_written_to(token):
    """Return the comment whose writer got a letter with this token. It never ends. Raises BadSignature."""
    key = signing.loads(token, salt=NO_MORE_LETTERS)
    return ReaderComment.objects.select_related("user", "article__section", "article__live_version").get(
        pk=key
    )


def warning_token(warning):
    return signing.dumps(warning.pk, salt=WARNING)


def warning_of(token):
    """Return the warning that a token stands for; it never ends. Raises BadSignature."""
    return Sanction.objects.get(pk=signing.loads(token, salt=WARNING))


def status_token(comment):
    """Return what leads the writer of a comment, and nobody else, to its status page."""
    return signing.dumps(comment.pk, salt=STATUS)


def comment_of_writer(token):
    """Return the comment whose status a token tells; it never ends. Raises BadSignature."""
    key = signing.loads(token, salt=STATUS)
    stories = ReaderComment.objects.select_related(
        "user", "person", "article__section", "article__live_version"
    )
    return stories.get(pk=key)


def follow_token(pending):
    return signing.dumps(str(pending.pk), salt=FOLLOW)


def wish_to_follow(token):
    """Return the wish that a letter's token stands for; None once it is forgotten. Raises BadSignature."""
    key = signing.loads(token, salt=FOLLOW, max_age=PendingFollowing.KEPT_FOR)
    wishes = PendingFollowing.objects.select_related("article__section", "article__live_version")
    return wishes.filter(pk=key).first()


def following_token(following):
    return signing.dumps(following.pk, salt=FOLLOWING)


def following_written_about(token):
    """Return what a letter was written for; None long after it was stopped. Raises BadSignature."""
    followings = Following.objects.select_related("article__section", "article__live_version")
    return followings.filter(pk=signing.loads(token, salt=FOLLOWING)).first()
