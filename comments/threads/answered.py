from articles.prepared import prepared
from comments.models import ReaderComment


def tell_whom_they_answer(comments, *, always=False):
    """Give each comment `answered`: the comment it answers where that is not plain to see, else None.

    `always` is for lists in which no comment stands below the one that it answers.
    """
    here = {comment.pk: comment for comment in comments}
    wanted = {comment.parent_id for comment in comments if comment.is_reply}
    elsewhere = sorted(wanted - here.keys())
    found = here | {comment.pk: comment for comment in (_numbered(elsewhere) if elsewhere else [])}
    for comment in comments:
        comment.answered = None
        if comment.is_reply and (always or comment.level > 1 or comment.parent_id not in here):
            comment.answered = found.get(comment.parent_id)


@prepared
def _numbered(keys):
    return ReaderComment.objects.for_thread().filter(pk__in=keys)
