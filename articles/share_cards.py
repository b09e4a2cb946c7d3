"""A picture for links to stories that have none: the headline, in the typeface of the site."""

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630  # pixels, the shape in which links are shown
EDGE, RULE = 72, 10
PAPER, INK, MUTED, ACCENT = "#ffffff", "#15191f", "#535d6b", "#a8141e"
SIZES = (92, 80, 70, 62, 54)  # of the headline, in pixels; the largest in which it fits
LABEL_SIZE = 34
LEADING = 1.16
TOP, BOTTOM = 170, HEIGHT - 130  # between which the headline stands
PARTS = ("latin", "latin-extended", "cyrillic")  # as static/fonts has the typeface, cut by letters
SHOWN_AT_LEAST = 0.7  # of the letters of a headline; of one in another script nothing is shown


def draw(headline, section, organisation):
    """Return the bytes of a PNG."""
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, WIDTH, RULE), fill=ACCENT)
    _write(pen, EDGE, 84, section, LABEL_SIZE, ACCENT)
    size, lines = _set(headline if _can_be_shown(headline) else organisation)
    for number, line in enumerate(lines):
        _write(pen, EDGE, TOP + round(number * size * LEADING), line, size, INK)
    _write(pen, EDGE, HEIGHT - 92, organisation, LABEL_SIZE + 8, INK)
    file = BytesIO()
    card.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _set(headline):
    """Return the size in which a headline fits, and its lines; cut at the end, where it fits in none."""
    for size in SIZES:
        lines = _lines(headline, size)
        if len(lines) <= _most_lines(size) and all(_length(line, size) <= _measure() for line in lines):
            return size, lines
    lines = lines[: _most_lines(size)]
    while _length(f"{lines[-1]}…", size) > _measure():
        lines[-1] = lines[-1][:-1]
    return size, [*(_cut(line, size) for line in lines[:-1]), f"{lines[-1].rstrip()}…"]


def _lines(text, size):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _length(longer, size) <= _measure():
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line, size):
    while _length(line, size) > _measure():
        line = line[:-1]
    return line


def _most_lines(size):
    return int((BOTTOM - TOP) / (size * LEADING))


def _measure():
    return WIDTH - 2 * EDGE


def _length(text, size):
    return sum(_font(part, size).getlength(run) for part, run in _runs(text))


def _write(pen, x, y, text, size, colour):
    baseline = y + size
    for part, run in _runs(text):
        font = _font(part, size)
        pen.text((x, baseline), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)


def _runs(text):
    """Split a text where another part of the typeface has its letters; leave out what none has."""
    runs = []
    for letter in text:
        part = _part_with(letter)
        if part is None:
            continue
        if runs and runs[-1][0] == part:
            runs[-1] = part, runs[-1][1] + letter
        else:
            runs.append((part, letter))
    return runs


def _can_be_shown(text):
    letters = [letter for letter in text if not letter.isspace()]
    return sum(_part_with(letter) is not None for letter in letters) >= SHOWN_AT_LEAST * len(letters)


@lru_cache(maxsize=2000)
def _part_with(letter):
    if letter.isspace():
        return PARTS[0]
    return next((part for part in PARTS if _font(part, SIZES[0]).getmask(letter).getbbox()), None)


@cache
def _font(part, size):
    return ImageFont.truetype(Path(settings.BASE_DIR, "static", "fonts", f"headline-{part}.woff2"), size)
