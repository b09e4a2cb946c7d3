"""What changes on the home page between two instants, and who leads it when. Nothing here is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from articles.models import Article, BreakingNews, HomeSlot

LISTED = 100  # how many of each kind of change are looked at


@dataclass(frozen=True)
class Change:
    at: datetime
    sentence: str
    lead: Article | None  # from this instant on


@dataclass(frozen=True)
class Forecast:
    lead: Article | None  # as the home page stands now
    changes: list[Change]
    is_cut: bool  # there is more to come than is listed


def forecast(now, then):
    """Return what changes after `now`, up to and with `then`, in its order. Four queries."""
    slots = _slots(now, then)
    coming = _coming_out(now, then)
    news = list(BreakingNews.objects.not_over(now).filter(starts_at__lte=then)[: LISTED + 1])
    leads = _Leads(now, slots, coming)
    said = [*_publications(coming), *_of_slots(slots), *_of_breaking_news(news)]
    said = sorted((at, sentence) for at, sentence in said if now < at <= then)
    return Forecast(
        lead=leads.at(now),
        changes=[Change(at, sentence, leads.at(at)) for at, sentence in said],
        is_cut=max(map(len, (slots, coming, news))) > LISTED,
    )


class _Leads:
    """Who leads at an instant, from rows that were loaded once. `articles.home.home_at` says the same."""

    def __init__(self, now, slots, coming):
        self.slots = [slot for slot in slots if slot.comes_out]
        self.coming = [article for article in coming if not article.section.is_brief]
        self.newest = Article.objects.visible(now).news().newest_first().for_cards().first()

    def at(self, instant):
        for slot in self.slots:
            if slot.runs_at(instant) and slot.article.published_at <= instant:
                return slot.article
        out = [article for article in self.coming if article.published_at <= instant]
        return out[-1] if out else self.newest


def _slots(now, then):
    """The slots that run at any time between the two, in their order."""
    seen = Article.objects.visible(then).filter(pk=OuterRef("article"))
    slots = HomeSlot.objects.not_over(now).filter(starts_at__lte=then).annotate(comes_out=Exists(seen))
    articles = slots.select_related("article__live_version", "article__draft")
    return list(articles.defer("article__live_version__body", "article__draft__body")[: LISTED + 1])


def _coming_out(now, then):
    coming = Article.objects.visible(then).filter(published_at__gt=now).for_cards()
    return list(coming.order_by("published_at", "pk")[: LISTED + 1])


def _publications(articles):
    for article in articles:
        yield article.published_at, f"“{article.headline}” comes out, in {article.section}."


def _of_slots(slots):
    for slot in slots:
        is_out = slot.comes_out and slot.article.published_at <= slot.starts_at
        remark = "" if is_out else " Readers see it there once it is out, and it is not yet."
        yield slot.starts_at, f"“{slot.article}” takes place {slot.order} of the home page.{remark}"
        if slot.ends_at:
            yield slot.ends_at, f"“{slot.article}” leaves place {slot.order} of the home page."


def _of_breaking_news(news):
    for bar in news:
        yield bar.starts_at, f"Breaking news starts: “{bar.words}”"
        yield bar.ends_at, f"Breaking news ends: “{bar.words}”"
