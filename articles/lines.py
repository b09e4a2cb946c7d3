"""The story so far: what readers see of the line in which a story stands."""

from dataclasses import dataclass

from articles.models import Article, LineListing
from articles.prepared import prepared

WHOLE = 7  # stories of a line that a page shows without leaving any out
NEWEST, NEWEST_BEHIND = 6, 4  # shown behind the first, and where this story stands between the two
MOST_SHOWN = WHOLE  # of a long line as many at most
SHOWN = ("slug", "published_at", "corrected_at", "live_version__headline")


@dataclass(frozen=True)
class Entry:
    article: Article | None  # None stands for stories that are left out
    is_this: bool = False


@dataclass(frozen=True)
class Line:
    entries: list[Entry]
    has_more: bool

    @property
    def articles(self):
        return [entry.article for entry in self.entries if entry.article]


def line_of(article, at):
    """Return what readers see at the instant `at` of the line of `article`, or None where it stands alone.

    `article` is loaded by `for_story()`. The oldest comes first; of a long line the first story, this one and
    the newest. One that readers do not see yet, on its preview, stands last. Two queries, however long it is.
    """
    if article.line is None:
        return None
    found = [row.article for row in _newest(article.line, at)]
    oldest = [row.article for row in _oldest(article.line, at)]
    newest = [article, *found] if article not in found and not _is_out(article, at) else found
    if len(newest) < 2:
        return None
    if len(newest) <= WHOLE:
        return Line([Entry(one, one == article) for one in reversed(newest)], has_more=False)
    return Line(_shortened(article, newest, oldest), has_more=True)


def _is_out(article, at):
    return article.state == Article.State.PUBLISHED and article.published_at <= at


def _shortened(article, newest, oldest):
    gap = Entry(None)
    if article in newest[:NEWEST] or article == oldest[0]:
        shown = [oldest[0], None, *reversed(newest[:NEWEST])]
    else:
        shown = [
            oldest[0],
            *([] if article == oldest[1] else [None]),
            article,
            None,
            *reversed(newest[:NEWEST_BEHIND]),
        ]
    return [Entry(one, one == article) if one else gap for one in shown]


@prepared
def _newest(line, at):
    return _titles(line, at).newest_first()[: WHOLE + 1]


@prepared
def _oldest(line, at):
    return _titles(line, at).order_by("published_at", "article_id")[:2]


def _titles(line, at):
    seen = LineListing.objects.filter(line=line).visible(at).select_related("article__live_version")
    return seen.only("published_at", *(f"article__{name}" for name in SHOWN))
