"""Dates in the text, as English writes them: 24 April, April 24, Tuesday 29 April 2025."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from articles.gate.rule import Finding, Level, Rule

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
WEEKDAYS = list(calendar.day_name)
_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(WEEKDAYS)
DATE = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY}),?\s+)?"
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})"
    rf"|\b(?P<us_month>{_MONTH})\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?)\b"
    rf"(?:,?\s+(?P<year>\d{{4}})\b)?"
)
RELATIVE = re.compile(
    r"\b(yesterday|today|tomorrow|tonight|overnight|last night|this (?:morning|afternoon|evening)"
    r"|(?:last|next) (?:week|month))\b",
    re.IGNORECASE,
)

NEAR_FUTURE = timedelta(days=92)


@dataclass(frozen=True)
class Mention:
    words: str
    day: date
    weekday: str | None

    @property
    def has_wrong_weekday(self):
        return self.weekday is not None and WEEKDAYS[self.day.weekday()] != self.weekday


def mentions(text, near):
    """Yield the dates that `text` names; one without a year is near to `near`, and not far ahead of it."""
    for match in DATE.finditer(text):
        day = _day(match, near)
        if day:
            yield Mention(" ".join(match[0].split()), day, match["weekday"])


class RelativeDates(Rule):
    """“Overnight” is right for a day, and beside a date of last week not even for that."""

    name = "relative dates"

    def look_at(self, candidate):
        for text, block in candidate.texts:
            for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
                yield from self._look_at(sentence, block, candidate.day)

    def _look_at(self, sentence, block, story_day):
        relative = RELATIVE.search(sentence)
        if not relative:
            return
        far = [m for m in mentions(sentence, story_day) if abs((m.day - story_day).days) > 1]
        if far:
            said = f"“{relative[0]}” stands beside {far[0].words}, but the story is of {_said(story_day)}."
            yield Finding(self.name, Level.ASKS, said, block)
        else:
            said = f"“{relative[0]}” will be wrong for whoever reads it later; a date stays right."
            yield Finding(self.name, Level.WARNS, said, block)


class WrongWeekdays(Rule):
    name = "weekdays"
    level = Level.ASKS

    def look_at(self, candidate):
        for text, block in candidate.texts:
            for mention in mentions(text, candidate.day):
                if mention.has_wrong_weekday:
                    right = WEEKDAYS[mention.day.weekday()]
                    yield self.finding(
                        f"“{mention.words}”: {_said(mention.day)} is a {right}.",
                        block,
                    )


class DatesAfterTheStory(Rule):
    name = "dates after the story"
    level = Level.WARNS

    def look_at(self, candidate):
        for text, block in candidate.texts:
            for mention in mentions(text, candidate.day):
                if mention.day > candidate.day:
                    yield self.finding(
                        f"{mention.words} is later than the story, which is of {_said(candidate.day)}.",
                        block,
                    )


def _day(match, near):
    month = MONTHS[match["month"] or match["us_month"]]
    number = int(match["day"] or match["us_day"])
    if match["year"]:
        return _date(int(match["year"]), month, number)
    found = [_date(near.year + years, month, number) for years in (-1, 0, 1)]
    days = [day for day in found if day]
    # A story tells of what was: what is far ahead was last year.
    past = [day for day in days if day <= near + NEAR_FUTURE]
    return min(past, key=lambda day: abs(day - near), default=None)


def _date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _said(day):
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
