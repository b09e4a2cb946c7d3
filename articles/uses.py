"""Where a picture is used: at the head of which stories, and in which of their texts."""

from dataclasses import dataclass, field

from django.db.models import Q

from articles.models import Article, Version
from articles.rights import stories_at_desk

NAMED = 50  # how many stories are named; the others are counted
LISTED = 500  # how many versions are listed, of all these stories


@dataclass
class Use:
    """A story that holds the picture. `versions` are those of its texts that do, the newest first."""

    article: Article
    is_at_head: bool
    versions: list = field(default_factory=list)


@dataclass
class Uses:
    named: list
    others: int  # stories that hold it too, and are not named: too many, or not this account's to see

    @property
    def count(self):
        return len(self.named) + self.others

    def __bool__(self):
        return self.count > 0


def uses_of(picture, account):
    """Return the stories that hold the picture, by name where the account may see them. Three queries."""
    texts = Version.objects.filter(pictures=picture)
    stories = Article.objects.filter(Q(picture=picture) | Q(pk__in=texts.values("article")))
    count = stories.count()
    if not count:
        return Uses([], 0)
    own = stories_at_desk(account, stories) if account.has_perm("articles.view_article") else stories.none()
    loaded = own.select_related("live_version", "draft").defer("live_version__body", "draft__body")
    named = [Use(article, article.picture_id == picture.pk) for article in loaded[:NAMED]]
    by_article = {use.article.pk: use for use in named}
    for version in texts.filter(article__in=by_article).defer("body").order_by("-pk")[:LISTED]:
        by_article[version.article_id].versions.append(version)
    return Uses(named, count - len(named))
