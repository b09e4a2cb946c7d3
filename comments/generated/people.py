"""Who answers in a generated newsroom: a few write most, most write a few times."""

from articles.demo.generated.table import Table
from articles.demo.generated.words import FIRST_NAMES, PLACES
from comments.generated import words
from comments.models import Person

FEWEST, MOST, COMMENTS_EACH = 20, 200_000, 10


class People:
    def __init__(self, comments, at):
        self._count = max(FEWEST, min(MOST, comments // COMMENTS_EACH))
        newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._first, self._at = newest + 1, at

    def write(self):
        table = Table(Person, "id", "mailbox", "created_at")
        for number in range(self._count):
            table.add(self._first + number, address_of(number), self._at)
        table.write()
        table.go_on_counting()

    def somebody(self, chance):
        """Return the number of one of them."""
        return int(self._count * chance() ** 2)

    def key_of(self, number):
        return self._first + number


def address_of(number):
    return f"reader-{number}@readers.example"


def name_of(number):
    """Return a name that is always this one's; several may have the same."""
    if number % 3:
        return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} from {PLACES[number // 3 % len(PLACES)]}"
    return f"{words.EPITHETS[number % len(words.EPITHETS)]} {words.NOUNS[number // 7 % len(words.NOUNS)]}"
