from django_comments.signals import comment_will_be_posted


def first_state(comment, request=None):
    """Return the state of a comment whose writer has confirmed it: published, or held.

    Whoever wants a say answers the library's signal `comment_will_be_posted`, as its own
    moderators do: False, or `is_public` taken away, holds the comment for a moderator.
    Nothing is dropped in silence. Every way into a thread asks here, once the words are final.
    """
    comment.content_object = comment.article
    answers = comment_will_be_posted.send(sender=type(comment), comment=comment, request=request)
    refused = any(answer is False for _, answer in answers)
    return comment.State.HELD if refused or not comment.is_public else comment.State.PUBLISHED
