"""One page of what a search found, and the way on where it found nothing."""

import re
from dataclasses import dataclass, replace

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.body import split
from articles.models import Article, SearchEntry, SearchSuggestion
from articles.models.search_suggestion import MOST_WORDS
from articles.querysets import ON_CARDS
from articles.search import index, marking
from articles.search.form import BEST
from articles.search.ranking import CANDIDATES, best_places
from articles.search.wish import Wish

ON_A_PAGE = 20
MOST_COUNTED = 100
NEWEST_SHOWN = 5
PLACE = re.compile(r"[0-9]{1,18}")
PAGE = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True)
class Hit:
    article: Article
    headline: SafeString  # with its hits marked
    words: SafeString  # what stands around the first hit


class Results:
    """What `form`, a valid one, finds of what readers see at the instant `at`.

    `params` is the query of the request: `before` or `after` a place, newest first; else `page` by its
    number. Raises Http404 for what is none. Costs the same however many stories there are.
    """

    def __init__(self, form, params, at):
        self.query, self.said = form.cleaned_data["q"], ""
        self._params, self._at = params, at
        self._order = form.cleaned_data["order"]
        self.hits, self.counted, self.older, self.newer = [], "", None, None
        self.wish = form.wish_at(at)
        self._turn_to_page()
        if not self.hits and not (self._is_on_the_way and index.places(self.wish, size=1)):
            self._look_more_loosely()
        self.suggestions = list(_suggestions(self.query, self.wish))
        self.newest = [] if self.hits else list(_newest(at))

    @property
    def is_by_match(self):
        return self._order == BEST and bool(self.wish.wanted)

    def __iter__(self):
        return iter(self.hits)

    @property
    def older_url(self):
        return self._address(self.older)

    @property
    def newer_url(self):
        return self._address(self.newer)

    def address_for(self, **changes):
        """Return the address of the same search with these changes, from its first page on."""
        asked = self._params.copy()
        for name in ("before", "after", "page"):
            asked.pop(name, None)
        for name, value in changes.items():
            asked[name] = value
        kept = asked.copy()
        for name in asked:
            if not asked[name]:
                del kept[name]
        return f"?{kept.urlencode()}"

    @property
    def suggested(self):
        return [(text, self.address_for(q=text)) for text in self.suggestions]

    @property
    def everywhere_url(self):
        return self.address_for(section="", topic="", author="", since="", until="")

    def _address(self, place):
        return self.address_for(**place) if place else None

    @property
    def _is_on_the_way(self):
        return any(name in self._params for name in ("before", "after", "page"))

    def _turn_to_page(self):
        if self.is_by_match:
            self._turn_by_number()
        elif "after" in self._params:
            self._turn_to_newer(_read(PLACE, self._params["after"]))
        else:
            self._turn_to_older(self._params.get("before"))

    def _turn_by_number(self):
        number = _read(PAGE, self._params.get("page", "1"))
        places = best_places(self.wish, self._at)
        first, last = (number - 1) * ON_A_PAGE, number * ON_A_PAGE
        self.hits = self._load(places[first:last])
        self.counted = _counted(len(places), CANDIDATES - 1)
        self.older = {"page": number + 1} if len(places) > last else None
        self.newer = {"page": number - 1} if number > 1 else None

    def _turn_to_older(self, before):
        wish = self.wish
        if before is not None:
            wish = replace(wish, until=min(wish.until, _read(PLACE, before) - 1))
        counts = before is None
        found = index.places(wish, size=MOST_COUNTED + 1 if counts else ON_A_PAGE + 1)
        shown = found[:ON_A_PAGE]
        self.hits = self._load(shown)
        self.counted = _counted(len(found), MOST_COUNTED) if counts else _("More stories")
        self.older = {"before": shown[-1]} if len(found) > ON_A_PAGE else None
        self.newer = {"after": shown[0]} if shown and before is not None else None

    def _turn_to_newer(self, after):
        wish = replace(self.wish, since=max(self.wish.since, after + 1))
        found = index.places(wish, size=ON_A_PAGE + 1, newest_first=False)
        self.counted = _("More stories")
        shown = found[:ON_A_PAGE][::-1]
        self.hits = self._load(shown)
        self.older = {"before": shown[-1]} if shown else None
        self.newer = {"after": shown[0]} if len(found) > ON_A_PAGE else None

    def _look_more_loosely(self):
        strict = self.wish
        for said, self.wish in strict.looser:
            self._turn_to_page()
            if self.hits:
                self.said = str(said)
                return
        self.wish = strict

    def _load(self, places):
        """Return the stories at these places that readers see, in this order."""
        entries = dict(SearchEntry.objects.filter(place__in=places).values_list("place", "article"))
        stories = Article.objects.each_visible(self._at).for_cards().only(*ON_CARDS, "live_version__body")
        stories = stories.in_bulk(entries.values())
        found = (stories.get(entries.get(place)) for place in places)
        return [self._hit(story) for story in found if story]

    def _hit(self, article):
        headline = marking.marked(article.headline, self.wish)
        words = marking.marked(article.standfirst, self.wish)
        if not marking.has_hit(article.standfirst, self.wish):
            blocks = (block.text for block in split(article.live_version.body))
            around = (marking.excerpt(text, self.wish) for text in blocks)
            words = next(filter(None, around), words)
        return Hit(article, headline, words)


def _read(pattern, text):
    if pattern.fullmatch(text) is None:
        raise Http404("Not a place in this list.")
    return int(text)


def _counted(number, most):
    if number > most:
        return _("More than %(count)s stories") % {"count": most}
    return ngettext("%(count)s story", "%(count)s stories", number) % {"count": number}


def _suggestions(query, wish):
    """Return the query again as the newsroom would spell it, once for each spelling that it knows of."""
    words = [word for term in wish.wanted for word in term]
    stretches = {
        " ".join(words[first : first + length])
        for length in range(1, MOST_WORDS + 1)
        for first in range(len(words) - length + 1)
    }
    for one in SearchSuggestion.objects.filter(folded__in=stretches) if stretches else []:
        spans = marking.hits(query, Wish(wanted=(tuple(one.folded.split()),)))
        text = query
        for start, end in reversed(spans):
            text = text[:start] + one.suggested + text[end:]
        if spans:
            yield text


def _newest(at):
    return Article.objects.visible(at).news().newest_first().for_cards()[:NEWEST_SHOWN]
