"""What stands on the home page at an instant."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from articles.models import Article, HomeSlot, Section

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
    visible = Article.objects.visible(at).for_cards()
    top = list(visible.placed(at)[:TOP_STORIES])
    if len(top) < TOP_STORIES:
        newest = visible.news().newest_first()[: 2 * TOP_STORIES]
        top += [article for article in newest if article not in top][: TOP_STORIES - len(top)]
    return Home(
        lead=top[0] if top else None,
        beside=top[1:],
        strips=list(_strips(visible, shown=top)),
        brief=newest_brief(at),
    )


def newest_brief(at):
    """Return the one edition that is offered to readers: the newest."""
    return Article.objects.visible(at).briefs().newest_first().for_cards().first()


def forget_ended_slots():
    HomeSlot.objects.over(timezone.now() - KEEP_ENDED_SLOTS).delete()


def _strips(visible, *, shown):
    for section in Section.objects.filter(is_brief=False):
        newest = visible.filter(section=section).newest_first()[: STRIP_STORIES + len(shown)]
        articles = [article for article in newest if article not in shown][:STRIP_STORIES]
        if articles:
            yield Strip(section, articles)
