"""What stands on the home page at an instant."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.models import Article, HomeSlot, Section
from articles.prepared import prepared

TOP_STORIES = 5  # the lead and the four beside it
STRIP_STORIES = 4
KEEP_ENDED_SLOTS = timedelta(days=30)


@dataclass(frozen=True)
class Strip:
    section: Section
    articles: list[Article]


@dataclass(frozen=True)
class Home:
    lead: Article | None
    beside: list[Article]
    strips: list[Strip] = field(default_factory=list)
    brief: Article | None = None

    @property
    def stories(self):
        """Every story that stands there, in no order."""
        led = [self.lead, *self.beside, self.brief]
        return [*filter(None, led), *(article for strip in self.strips for article in strip.articles)]


def home_at(at):
    """Return the home page as readers see it at the instant `at`.

    The slots that editors filled come first; a slot whose story is not visible falls to
    the next, and the newest stories fill what is left. A story stands once.
    Three queries, and two for the sections and each of them with their own index.
    """
    top = list(_placed(at))
    if len(top) < TOP_STORIES:
        top += _others(_newest(at), top, TOP_STORIES - len(top))
    return Home(
        lead=top[0] if top else None,
        beside=top[1:],
        strips=list(_strips(at, shown=top)),
        brief=newest_brief(at),
    )


def newest_brief(at):
    """Return the one edition that is offered to readers: the newest."""
    newest = _newest_of_each_brief(at)
    return max(newest, key=lambda edition: (edition.published_at, edition.pk), default=None)


@prepared
def news_sections():
    """The sections in their order, without those of briefs: the way through the site."""
    return Section.objects.filter(is_brief=False)


def forget_ended_slots():
    HomeSlot.objects.over(timezone.now() - KEEP_ENDED_SLOTS).delete()


def _strips(at, *, shown):
    for section in news_sections():
        articles = _others(_newest_in(at, section.pk), shown, STRIP_STORIES)
        if articles:
            yield Strip(section, articles)


def _others(articles, shown, count):
    return list(islice((article for article in articles if article not in shown), count))


@prepared
def _placed(at):
    return Article.objects.for_cards().placed(at)[:TOP_STORIES]


@prepared
def _newest(at):
    return Article.objects.visible(at).news().newest_first().for_cards()[: 2 * TOP_STORIES]


@prepared
def _newest_of_each_brief(at):
    """Ask by section: in a newsroom that has no brief, or ended it, all stories would be gone through."""
    of_section = Article.objects.visible(at).filter(section=OuterRef("pk")).newest_first()
    sections = Section.objects.filter(is_brief=True).order_by()
    newest = sections.values(newest=Subquery(of_section.values("pk")[:1]))
    return Article.objects.filter(pk__in=newest).order_by().for_cards()


@prepared
def _newest_in(at, section):
    newest = Article.objects.visible(at).filter(section=section).newest_first()
    return newest.for_cards()[: STRIP_STORIES + TOP_STORIES]
