"""What a picture's file says in words: IPTC, in its old form (IIM) and in XMP, and last of all EXIF.

Photographers and agencies write caption, credit and rights into their files. Only these are
read; where and with what a picture was taken is never asked. Whatever is broken says nothing.
"""

import unicodedata
from dataclasses import dataclass
from xml.etree import ElementTree

MAX_XMP_BYTES = 1_000_000  # a history of edits can fill hundreds of kilobytes
MAX_VALUES = 20  # of one property that repeats
LONGEST = 5_000  # characters of one value; ten times what any of our fields holds

XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
EXIF = {"make": 0x010F, "description": 0x010E, "artist": 0x013B, "copyright": 0x8298}

_IIM_MARK = 0x1C
_IIM_CHARSET, _IIM_UTF8 = (1, 90), b"\x1b%G"
_IIM = {"headline": 105, "caption": 120, "credit": 110, "byline": 80, "copyright": 116}


@dataclass
class Said:
    """The words of one of the three places, each empty where it says nothing."""

    alt_text: str = ""
    caption: str = ""
    headline: str = ""
    byline: str = ""
    credit: str = ""
    copyright: str = ""
    terms: str = ""


def words_of(*, xmp=None, iim=None, exif=None):
    """Return what the file says as fields of a picture: `alt_text`, `caption`, `credit`, `rights`.

    `xmp` and `iim` are bytes as they stand in the file, `exif` the tags of its first directory
    by number. XMP goes before IIM, which is older and often cut, and both before EXIF.
    """
    places = [_from_xmp(xmp), _from_iim(iim), _from_exif(exif or {})]

    def first(name):
        return next((value for place in places if (value := getattr(place, name))), "")

    return {
        "alt_text": first("alt_text"),
        "caption": first("caption") or first("headline"),
        "credit": _together(" / ", first("byline"), first("credit")),
        "rights": _together(" · ", first("copyright"), first("terms")),
    }


def _together(between, one, other):
    """Join the two, unless one says all that the other does."""
    if one.casefold() in other.casefold():
        return other
    return one if other.casefold() in one.casefold() else f"{one}{between}{other}"


def _from_xmp(xmp):
    root = _xml(xmp)
    if root is None:
        return Said()
    return Said(
        alt_text=_property(root, "Iptc4xmpCore:AltTextAccessibility"),
        caption=_property(root, "dc:description"),
        headline=_property(root, "photoshop:Headline"),
        byline=_property(root, "dc:creator", every=True),
        credit=_property(root, "photoshop:Credit"),
        copyright=_property(root, "dc:rights"),
        terms=_property(root, "xmpRights:UsageTerms"),
    )


def _xml(xmp):
    """Return the root of XML that a stranger wrote, or None: nothing that declares entities is parsed.

    Decoded here, so that no declaration hides in another encoding.
    """
    if not isinstance(xmp, bytes) or len(xmp) > MAX_XMP_BYTES:
        return None
    try:
        text = xmp.decode("utf-8-sig").strip("\0 \r\n\t")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return None
        return ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return None


def _property(root, name, *, every=False):
    """Return the words of a property. XMP writes it as an attribute, as text, or as a list."""
    tag = _tag(name)
    for description in root.iter(_tag("rdf:Description")):
        if tag in description.attrib:
            return _tidy(description.attrib[tag])
        element = description.find(tag)
        if element is not None:
            items = element.findall(f"*/{_tag('rdf:li')}")[:MAX_VALUES]
            return _listed(items, every) if items else _tidy(element.text)
    return ""


def _listed(items, every):
    """Return all of a list of names, or the one of several languages that stands for all."""
    if every:
        return ", ".join(filter(None, (_tidy(item.text) for item in items)))
    default = [item for item in items if item.get(LANGUAGE) == "x-default"]
    return _tidy((default or items)[0].text)


def _tag(name):
    prefix, _, rest = name.partition(":")
    return f"{{{XMP[prefix]}}}{rest}"


def _from_iim(iim):
    if not isinstance(iim, bytes):
        return Said()
    values = {}
    for key, value in _iim_rows(iim):
        values.setdefault(key, [])
        if len(values[key]) < MAX_VALUES:
            values[key].append(value)
    is_utf8 = values.get(_IIM_CHARSET) == [_IIM_UTF8]
    words = {
        name: [_decoded(value, is_utf8) for value in values.get((2, number), [])]
        for name, number in _IIM.items()
    }
    return Said(**{name: ", ".join(filter(None, said)) for name, said in words.items()})


def _iim_rows(iim):
    """Yield ((record, number), value) of each row, up to the first that is broken."""
    at = 0
    while at + 5 <= len(iim) and iim[at] == _IIM_MARK:
        record, number, size = iim[at + 1], iim[at + 2], int.from_bytes(iim[at + 3 : at + 5])
        value = iim[at + 5 : at + 5 + size]
        if (
            size & 0x8000 or len(value) < size
        ):  # the first is for values of more than 32 kB, which no words are
            return
        yield (record, number), value
        at += 5 + size


def _decoded(value, is_utf8):
    """Read what says that it is UTF-8, and what is; the rest is from the old days of Windows."""
    try:
        return _tidy(value.decode("utf-8"))
    except UnicodeDecodeError:
        return _tidy(value.decode("utf-8" if is_utf8 else "cp1252", "replace"))


def _from_exif(exif):
    said = {name: _exif_text(exif.get(number)) for name, number in EXIF.items()}
    return Said(
        caption="" if _is_the_camera_s(said) else said["description"],
        byline=said["artist"],
        copyright=said["copyright"],
    )


def _exif_text(value):
    if isinstance(value, bytes):
        return _decoded(value, False)
    return _tidy(value) if isinstance(value, str) else ""


def _is_the_camera_s(said):
    """Whether a camera wrote its own name where a caption would stand: “OLYMPUS DIGITAL CAMERA”."""
    make, words = said["make"].casefold().split(), said["description"].casefold().split()
    return bool(make and words) and words[0] == make[0] and len(words) <= 4


def _tidy(text):
    """Return one line of printable characters, not longer than `LONGEST`."""
    plain = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") else c for c in (text or "")[:LONGEST]
    )
    return " ".join(plain.split())
