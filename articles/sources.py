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
    """Raise ValidationError with a sentence for each row that a draft cannot keep: what is too much."""
    problems = [
        f"The {name} of the source “{row['name'][:60]}” is longer than {length} characters."
        for row in rows
        for name, length in LONGEST.items()
        if len(row[name]) > length
    ]
    if len(rows) > MOST:
        problems.append(f"A story names at most {MOST} sources.")
    if problems:
        raise ValidationError(problems)


def unfinished(rows):
    """Yield a sentence for each thing that readers could make nothing of."""
    for row in rows:
        if not row["name"]:
            yield f"Name the source at {row['address'] or row['note']}."
        if row["address"] and not is_address(row["address"]):
            yield f"“{row['address'][:60]}” is not an address such as https://example.org/report."


def is_address(text):
    try:
        _check_address(text)
    except ValidationError:
        return False
    return True


def for_readers(rows):
    """Return the rows as they may stand on a page: what is no address yet is no link."""
    return [row | {"address": row["address"] if is_address(row["address"]) else ""} for row in rows]
