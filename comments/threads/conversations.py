"""A thread by its conversations, oldest or most respected first, each with its first replies."""

import re

from django.db.models import Q, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.addresses import path_to
from articles.prepared import prepared
from articles.querysets import CountOf
from comments.models import ReaderComment, places
from comments.threads.answered import tell_whom_they_answer
from comments.threads.page import KeysetPage

CONVERSATIONS_PER_PAGE = 20
FIRST_REPLIES = 3
COUNTED_AT_MOST = 100  # further replies; so that counting costs no more in a long thread
RESPECT_AND_NUMBER = re.compile(r"([0-9]{1,9})-([0-9]{1,10})")


class MoreReplies:
    """Those below a conversation that stand on no page but that of the newest: how many, and where."""

    def __init__(self, article, first, count):
        self.count, self.is_counted = count, count < COUNTED_AT_MOST
        self.first = first
        self.url = f"{path_to('comments:thread', article.slug)}?from={first.pk}#comment-{first.pk}"


class ConversationsPage(KeysetPage):
    """One page of conversations. Costs at most three queries.

    The last shown reply of each that has more bears `more`, which leads to the rest.
    """

    def __init__(self, article, params=None, *, size=CONVERSATIONS_PER_PAGE, replies=FIRST_REPLIES):
        self.parts = {"replies": replies}
        super().__init__(article, params or {}, size=size)
        self._load_replies(replies)
        tell_whom_they_answer(self.comments)

    @classmethod
    def openings(cls, article, replies):
        return (
            cls.first_ones(article)
            .for_thread()
            .annotate(
                next_place=Subquery(_below_outer().values("place")[replies : replies + 1]),
                further=CountOf(_below_outer().values("pk")[replies : replies + COUNTED_AT_MOST]),
            )
        )

    @staticmethod
    def first_ones(article):
        return ReaderComment.objects.filter(article=article, opens_thread=True).standing()

    def _load_replies(self, most):
        openings, below = self.comments, {}
        for reply in self._replies_to(openings):
            below.setdefault(reply.place[: places.THREAD_DIGITS], []).append(reply)
        self.comments = []
        for opening in openings:
            replies = below.get(opening.place, [])
            self.comments += [opening, *replies[:most]]
            if len(replies) > most:
                self.comments[-1].more = MoreReplies(self.article, replies[most], opening.further)

    def _replies_to(self, openings):
        """Return the first replies to each, in one query, and one more where there are more."""
        above = [opening.place for opening in openings]
        last = [opening.next_place or places.last_below(opening.place) for opening in openings]
        return _between(self.article.pk, above, last) if openings else []


class OldestPage(ConversationsPage):
    order = "oldest"
    previous_label, next_label = _("Older comments"), _("Newer comments")

    @classmethod
    def rows(cls, article, name, *key, replies):
        sides = {"after": "lt", "from": "lte", "before": "gt"}
        rows = cls.openings(article, replies).order_by("-article_id", "-place")
        if name == "before":
            rows = rows.reverse()
        return rows.filter(**{f"place__{sides[name]}": key[0]}) if name else rows

    def _parse(self, text):
        return (places.of_thread(*super()._parse(text)),)


class UnansweredPage(OldestPage):
    """The questions that wait for an answer, those that have waited longest first."""

    order = "unanswered"
    previous_label, next_label = _("Older questions"), _("Newer questions")
    nothing_here = _("Every question has an answer.")

    @staticmethod
    def first_ones(article):
        return ReaderComment.objects.filter(article=article).unanswered()


class MostRespectedPage(ConversationsPage):
    """Its keys say how much respect a comment had and its number: so a page stays when respect is given."""

    order = "respected"
    previous_label, next_label = _("More respected"), _("Less respected")

    @classmethod
    def rows(cls, article, name, respect=None, place=None, *, replies):
        rows = cls.openings(article, replies).order_by("article_id", "-respect_count", "place")
        if name is None:
            return rows
        sides = {"after": ("gt", "lt"), "from": ("gte", "lt"), "before": ("lt", "gt")}
        among_equals, beyond = sides[name]
        rows = rows.reverse() if name == "before" else rows
        if place is None:
            return rows.filter(**{f"respect_count__{beyond}": respect})
        return rows.filter(respect_count=respect, **{f"place__{among_equals}": place})

    def _stretches(self, key):
        # Apart from each other, each of the two is a stretch of the index, however many are alike.
        return [key, key[:1]] if key else [key]

    def _key(self, comment):
        return f"{comment.respect_count}-{comment.pk}"

    def _parse(self, text):
        match = RESPECT_AND_NUMBER.fullmatch(text)
        if match is None:
            raise Http404("Not a place in this thread.")
        return int(match[1]), places.of_thread(int(match[2]))


@prepared
def _between(article, above, last):
    """The replies below each of these places, up to and with the last that is wanted there."""
    wanted = Q(pk__in=[])
    for place, until in zip(above, last, strict=True):
        # The story stands in each part, so that each is a stretch of the index by itself.
        wanted |= Q(article=article, place__gt=place, place__lte=until)
    return ReaderComment.objects.filter(wanted).placed().in_reading_order().for_thread()


def _below_outer():
    """The replies below the first comment that the outer query is at, in reading order."""
    return ReaderComment.objects.below_outer().placed().in_reading_order()
