from articles.gate.rule import Rule
from articles.zones import moment


class Embargo(Rule):
    name = "embargo"
    is_quick = True

    def look_at(self, candidate):
        until = candidate.article.embargo_until
        if until and candidate.at < until:
            yield self.finding(f"An embargo forbids publication before {moment(until)}.")
