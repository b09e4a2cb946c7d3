from articles import sources
from articles.gate.rule import Level, Rule

LONGEST_HEADLINE = 110  # search engines show about as much


class Headline(Rule):
    name = "headline"
    is_quick = True

    def look_at(self, candidate):
        if not candidate.version.headline.strip():
            yield self.finding("The headline is missing.")


class HeadlineLength(Rule):
    name = "headline length"
    level = Level.WARNS

    def look_at(self, candidate):
        length = len(candidate.version.headline)
        if length > LONGEST_HEADLINE:
            yield self.finding(
                f"The headline has {length} characters; search engines cut it after about {LONGEST_HEADLINE}."
            )


class Standfirst(Rule):
    name = "standfirst"
    is_quick = True

    def look_at(self, candidate):
        if not candidate.version.standfirst.strip():
            yield self.finding("The standfirst is missing.")


class Body(Rule):
    name = "body"
    is_quick = True

    def look_at(self, candidate):
        if not candidate.version.word_count:
            yield self.finding("The body is empty.")


class Sources(Rule):
    name = "sources"
    level = Level.ASKS

    def look_at(self, candidate):
        if not candidate.version.sources:
            yield self.finding("The story names no source.")


class UnfinishedSources(Rule):
    """A draft keeps them as they are typed; readers get them whole."""

    name = "sources in full"
    is_quick = True

    def look_at(self, candidate):
        for sentence in sources.unfinished(candidate.version.sources):
            yield self.finding(sentence)
