"""What tests of the moderators' desk do over and over."""

from django.db import transaction
from django.test import TestCase

from articles.models import Article
from articles.tests.factories import make_article
from comments import posting
from comments.models import CommentReport, ReaderComment
from comments.moderation import cases
from comments.tests.factories import make_comment, make_moderator

SPAM = "Earn five thousand a week from home with our secret method, visit our page today and see for yourself"


def state_of(comment):
    return ReaderComment.objects.get(pk=comment.pk).state


class DeskTestCase(TestCase):
    """A moderator at the desk, and a story."""

    def setUp(self):
        self.article = make_article()
        self.moderator = make_moderator()
        self.client.force_login(self.moderator)


def make_held(article=None, **changes):
    """A comment that the chain held, with its case."""
    comment = make_comment(article, state=ReaderComment.State.HELD, **changes)
    with transaction.atomic():
        cases.hold(comment)
    return comment


def make_reported(article=None, reason="insult", *, times=1, **changes):
    comment = make_comment(article, **changes)
    for number in range(times):
        CommentReport.objects.create(comment=comment, reason=reason, reporter=f"reporter {number}")
    with transaction.atomic():
        cases.report(comment)
    return comment


def post_from(email, article, text, *, network="192.0.2.0/24", reply_to=None, name="Rana K."):
    """Bring words the whole way: held for the letter, confirmed, past the chain."""
    article = Article.objects.get(pk=article.pk)
    pending = posting.hold(article, name=name, email=email, text=text, reply_to=reply_to, network=network)
    return posting.confirm(pending)
