import re
from datetime import timedelta

from articles.gate.rule import Level, Rule
from articles.models import Article

NEAR = timedelta(days=7)
COMPARED = 50  # how many stories of these days are compared word by word
ALIKE = 0.5  # the share of runs of three words from which two texts count as the same report
RUN = 3


class SameHeadline(Rule):
    name = "same headline"
    level = Level.ASKS

    def look_at(self, candidate):
        headline = " ".join(candidate.version.headline.split())
        if not headline:
            return
        others = Article.objects.visible(candidate.at).exclude(pk=candidate.article.pk)
        twin = others.filter(live_version__headline__iexact=headline).newest_first().first()
        if twin:
            yield self.finding(f"A story with this headline is live already, at {twin.get_absolute_url()}.")


class SameWords(Rule):
    name = "same words"
    level = Level.ASKS

    def look_at(self, candidate):
        ours = _runs(candidate.version.body)
        if not ours:
            return
        for other in _stories_near(candidate):
            theirs = _runs(other.live_version.body)
            if len(ours & theirs) > ALIKE * len(ours | theirs):
                yield self.finding(f"Much of the text stands in “{other.headline}” already, which is live.")


def _stories_near(candidate):
    day = candidate.article.published_at or candidate.at
    others = (
        Article.objects.visible(candidate.at).exclude(pk=candidate.article.pk).select_related("live_version")
    )
    return others.filter(published_at__range=(day - NEAR, day + NEAR)).newest_first()[:COMPARED]


def _runs(html):
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", html).casefold())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
