"""Reads the files of `stories/`, `pages/`, `pictures/` and `reports/`.

A file is a head of `Name: value` lines, which may be folded and repeated as in a
letter, then an empty line, then the body as HTML. Its name is the address of what
it holds. `<story>.correction.html` holds one passage that is corrected later: the
words to `Find` in the first version, and in the body what takes their place. Beside
each picture lies a file of the same name with its head alone. A report of an error names
its story, words of the `Passage` that it is about, and when it was received and taken up;
the correction of its story answers it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.message import Message
from pathlib import Path

from django.utils import timezone

HERE = Path(__file__).parent
CORRECTION = ".correction"


@dataclass(frozen=True)
class Text:
    slug: str
    head: Message
    body: str

    def __getitem__(self, name):
        return _unfolded(self.head[name])

    def every(self, name):
        return [_unfolded(value) for value in self.head.get_all(name, [])]

    @property
    def published_at(self):
        return self.instant("Published")

    def instant(self, name):
        """An instant; the file gives it as a clock on the wall of the newsroom shows it."""
        return timezone.make_aware(datetime.fromisoformat(self[name]))

    @property
    def sources(self):
        """What the story rests on; a line gives a name, and behind a bar what it says."""
        rows = [line.partition(" | ") for line in self.every("Source")]
        return [{"name": name, "address": "", "note": note} for name, _, note in rows]

    @property
    def is_correction(self):
        return self.slug.endswith(CORRECTION)

    @property
    def corrected_slug(self):
        return self.slug.removesuffix(CORRECTION)

    @property
    def related(self):
        """The stories beside this one: pairs of their slug and the reason."""
        return [line.split(": ", 1) for line in self.every("Related")]


def stories():
    """Return the first versions in the order of their publication."""
    return sorted(
        (text for text in _read("stories") if not text.is_correction), key=lambda text: text.published_at
    )


def corrections():
    return [text for text in _read("stories") if text.is_correction]


def pages():
    return _read("pages")


def pictures():
    return _read("pictures", "*.txt")


def reports():
    return _read("reports", "*.txt")


def _read(folder, names="*.html"):
    return [_text(path) for path in sorted((HERE / folder).glob(names))]


def _text(path):
    message = message_from_string(path.read_text(encoding="utf-8"))
    return Text(slug=path.stem, head=message, body=message.get_payload().strip())


def _unfolded(value):
    """Join folded lines; a space that must not break stays one."""
    return re.sub(r"[ \n]+", " ", value or "").strip(" ")
