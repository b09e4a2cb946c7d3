from articles.gate.rule import Rule


class Section(Rule):
    name = "section"
    is_quick = True

    def look_at(self, candidate):
        if candidate.article.section is None:
            yield self.finding("The section is missing.")


class Byline(Rule):
    name = "byline"
    is_quick = True

    def look_at(self, candidate):
        if not candidate.article.bylines.all():  # which the desk's list has loaded
            yield self.finding("The byline is missing: name at least one author.")


class SecondPerson(Rule):
    """Where a section asks for a second pair of eyes, whoever wrote in the draft does not publish it."""

    name = "second pair of eyes"

    def look_at(self, candidate):
        section = candidate.article.section
        if section and section.needs_second_person and candidate.by.pk in candidate.version.writers():
            yield self.finding(f"You wrote in this draft, and in {section} somebody else has to publish it.")
