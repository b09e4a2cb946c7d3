"""What every act begins with: the right, the lock, the state."""

from django.core.exceptions import PermissionDenied

from articles.models import Article


class WrongState(Exception):
    """The act does not fit the state that the story is in; says so in a sentence."""


class NotReady(Exception):
    """The act lacks what it asks for: `problems`, a list of sentences."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = problems


def hold(article, by, right):
    """Lock the story to the end of the transaction, bring `article` up to date, ask for the right."""
    Article.objects.select_for_update().get(pk=article.pk)
    article.refresh_from_db()
    require(by, right, article)


def require(by, right, article):
    if not by.has_perm(f"articles.{right}", article):
        raise PermissionDenied


def words_of(text, otherwise):
    """Return `text` without space around it. Raises NotReady with `otherwise` where nothing is left."""
    text = text.strip()
    if not text:
        raise NotReady([otherwise])
    return text
