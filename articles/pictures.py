"""Which sizes and formats there are of a picture, what they are called, and the HTML that offers them.

A name says all that a rendition is: ratio, width, focal point, format. A new focal point
gives new names, so a copy that somebody keeps is never wrong.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import components
from articles.addresses import absolute, path_to

RATIOS = {"original": None, "16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
SHARED = ("16x9", "4x3", "1x1")  # what search engines ask for, to choose from
ON_PAGES = ("original", "16x9", "4x3")  # the square one is for others, as a JPEG alone
WIDTHS = (320, 640, 960, 1280, 1920)  # twice the widest column is 1408; a phone's screen is about 1170
FALLBACK_WIDTH = 1280  # also what others show when they link to a story
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NAME = re.compile(r"(original|16x9|4x3|1x1)-\d{1,4}(-\d{1,3}-\d{1,3})?\.(avif|webp|jpg)", re.ASCII)
REMEMBERED = 2000  # of addresses that were put together, in each process: home pages show the same pictures
BODY_SIZES = "(min-width: 46rem) 44rem, 100vw"
PLACE = re.compile(r'<figure id="([\w-]+)" data-picture="([\w-]+)"></figure>', re.ASCII)


@dataclass(frozen=True)
class Rendition:
    token: str
    name: str
    box: tuple  # the part of the original that it shows, in pixels
    width: int
    height: int
    extension: str
    preview: str = ""  # the token by which the holder of a preview link may have the file

    @property
    def path(self):
        return f"{folder(self.token)}/{self.name}"

    @property
    def url(self):
        return _url(self.token, self.name, self.preview)


class Shape(NamedTuple):
    """All of a picture that says what its renditions are called and how large they are."""

    token: str
    width: int
    height: int
    focal_x: int
    focal_y: int
    preview: str


def folder(token):
    return f"renditions/{token}"


def renditions(picture):
    """Return all that the worker makes."""
    return [
        _rendition(picture, ratio, width, extension)
        for ratio in ON_PAGES
        for width in _widths(picture, ratio)
        for extension in ("avif", "webp")
    ]


def fallback(picture, ratio):
    """Return the JPEG that is made at upload, so that a page always has something to show."""
    return _fallback(_shape_of(picture), ratio)


@lru_cache(maxsize=REMEMBERED)
def _fallback(shape, ratio):
    return _rendition(shape, ratio, min(FALLBACK_WIDTH, _crop_width(shape, ratio)), "jpg")


def fallbacks(picture):
    return [fallback(picture, ratio) for ratio in RATIOS]


def sources(picture, ratio):
    """Return (content type, srcset) of each better format; none until the worker has made them."""
    if not picture.ready_at or ratio not in ON_PAGES:
        return []
    shape = _shape_of(picture)
    return [(CONTENT_TYPES[extension], _srcset(shape, ratio, extension)) for extension in ("avif", "webp")]


def made(picture, ratio, extensions):
    """Return the files that there are of a shape: the JPEG, and the better ones once the worker made them."""
    found = [fallback(picture, ratio)]
    if picture.ready_at and ratio in ON_PAGES:
        shape = _shape_of(picture)
        widths = _widths(shape, ratio)
        found += [_rendition(shape, ratio, width, extension) for extension in extensions for width in widths]
    return found


def share_url(picture, ratio="16x9"):
    """Return the full address of a JPEG for others to show: feeds, cards, search engines."""
    return absolute(fallback(picture, ratio).url)


def share_url_of(article):
    """Return the same of a story's picture; empty where it has none that may be shown."""
    return share_url(article.picture) if article.picture and article.picture.is_complete else ""


def shared(picture):
    """Return the JPEGs in all shapes that search engines know."""
    return [fallback(picture, ratio) for ratio in SHARED]


def body_with_pictures(html, pictures):
    """Return a story's text, whole and clean, with the pictures of `pictures` in their places.

    The place of a picture that readers may not see stays empty.
    """
    if not PLACE.search(html):
        return mark_safe(html)
    by_token = {picture.token: picture for picture in pictures}

    def figure(place):
        block_id, token = place.groups()
        picture = by_token.get(token)
        if picture is None:
            return ""
        shown = {"picture": picture, "caption": "", "sizes": BODY_SIZES, "id": block_id}
        return components.rendered("components/picture_figure.jinja", **shown)

    return mark_safe(PLACE.sub(figure, html))


def body_without_pictures(html, pictures):
    """Return the same text with what is to be seen on each picture in its place, in words."""
    by_token = {picture.token: picture for picture in pictures} if PLACE.search(html) else {}
    said = _("[Picture: %(words)s]")

    def words(place):
        picture = by_token.get(place[2])
        is_shown = picture and picture.is_complete
        return format_html("<p>{}</p>", said % {"words": picture.alt_text}) if is_shown else ""

    return mark_safe(PLACE.sub(words, html))


def crop_box(width, height, ratio, focal_x, focal_y):
    """Return the largest part of that ratio, as near to the focal point (in percent) as the edges allow."""
    if ratio is None:
        return (0, 0, width, height)
    across, down = ratio
    crop_width = min(width, height * across / down)
    crop_height = min(height, width * down / across)
    left = min(max(width * focal_x / 100 - crop_width / 2, 0), width - crop_width)
    top = min(max(height * focal_y / 100 - crop_height / 2, 0), height - crop_height)
    return (left, top, left + crop_width, top + crop_height)


def _rendition(picture, ratio, width, extension):
    box = crop_box(picture.width, picture.height, RATIOS[ratio], picture.focal_x, picture.focal_y)
    height = max(1, round(width * (box[3] - box[1]) / (box[2] - box[0])))
    name = _name(picture, ratio, width, extension)
    return Rendition(picture.token, name, box, width, height, extension, picture.preview)


def _name(picture, ratio, width, extension):
    focus = f"-{picture.focal_x}-{picture.focal_y}" if RATIOS[ratio] else ""
    return f"{ratio}-{width}{focus}.{extension}"


def _url(token, name, preview):
    address = path_to("articles:rendition", token, name)
    return f"{address}?{urlencode({'preview': preview})}" if preview else address


def _crop_width(picture, ratio):
    left, _, right, _ = crop_box(picture.width, picture.height, RATIOS[ratio], 50, 50)
    return max(1, int(right - left))


def _widths(picture, ratio):
    """Never wider than the original; where it falls between two widths, its own is the last."""
    widest = min(_crop_width(picture, ratio), WIDTHS[-1])
    return [*(width for width in WIDTHS if width < widest), widest]


@lru_cache(maxsize=REMEMBERED)
def _srcset(shape, ratio, extension):
    return ", ".join(
        f"{_url(shape.token, _name(shape, ratio, width, extension), shape.preview)} {width}w"
        for width in _widths(shape, ratio)
    )


def _shape_of(picture):
    return Shape(*(getattr(picture, name) for name in Shape._fields))
