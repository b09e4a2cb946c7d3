"""What a report rests on, as readers are told: for each source a name, perhaps an address, perhaps a note."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

FIELDS = ("name", "address", "note")
LONGEST = {"name": 200, "address": 500, "note": 300}
MOST = 30

_check_address = URLValidator(schemes=["http", "https"])


def tidy(rows):
    """Return the rows that say something, each with exactly the three fields, without space around them."""
    tidied = [{name: str(row.get(name) or "").strip() for name in FIELDS} for row in rows]
    return [row for row in tidied if any(row.values())]


def check(rows):
    """Raise ValidationError with a sentence for each thing that is wrong with tidied rows."""
    problems = [sentence for row in rows for sentence in _problems(row)]
    if len(rows) > MOST:
        problems.append(f"A story names at most {MOST} sources.")
    if problems:
        raise ValidationError(problems)


def _problems(row):
    if not row["name"]:
        yield f"Name the source at {row['address'] or row['note']}."
    for name, length in LONGEST.items():
        if len(row[name]) > length:
            yield f"The {name} of the source “{row['name'][:60]}” is longer than {length} characters."
    if row["address"]:
        try:
            _check_address(row["address"])
        except ValidationError:
            yield f"“{row['address'][:60]}” is not an address such as https://example.org/report."
