"""Whose posts and videos a story may show, by the address that an editor pastes.

An address is told by what it is made of, and made anew from that: of what was pasted nothing else is kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# No user, no port, nothing but ASCII: so no other site can look like one of these.
ADDRESS = re.compile(r"(?:https?://)?([a-z0-9.-]+)(/[!-~]*)", re.ASCII | re.IGNORECASE)
HARMLESS = re.compile(r"https?://.*|[^:]*", re.IGNORECASE)
LONGEST = 500
MAP_WIDTH, MAP_HEIGHT, TILE = 704, 396, 256  # pixels


@dataclass(frozen=True)
class Provider:
    """One kind of address. `shape` is how much room it takes; a part of a class in `embed.css`."""

    name: str
    label: Promise
    company: str  # who learns of readers that have it shown
    hosts: tuple[str, ...]
    pattern: str  # of what follows the host
    address: Callable  # makes, of the groups of the pattern, the address for readers
    frame: Callable  # and that of the frame, in the variant that learns least
    shape: str = "wide"
    referrer: str = "no-referrer"


@dataclass(frozen=True)
class Source:
    provider: Provider
    address: str
    frame: str


def _map_frame(zoom, lat, lon, marker_lat=None, marker_lon=None):
    """Return the address of a map that shows what the page of the map shows in the middle."""
    width = 360 / 2 ** int(zoom) * MAP_WIDTH / TILE
    height = width * MAP_HEIGHT / MAP_WIDTH * cos(radians(float(lat)))
    west, south = float(lon) - width / 2, float(lat) - height / 2
    box = ",".join(f"{degrees:.5f}" for degrees in (west, south, west + width, south + height))
    marker = f"&marker={marker_lat},{marker_lon}" if marker_lat else ""
    return f"https://www.openstreetmap.org/export/embed.html?bbox={box}&layer=mapnik{marker}"


YOUTUBE = {
    "name": "YouTube",
    "label": _("Video on YouTube"),
    "company": "Google",
    "frame": "https://www.youtube-nocookie.com/embed/{id}".format,
    "referrer": "strict-origin",  # it refuses whoever does not say on which site the frame stands
}
YOUTUBE_HOSTS = ("www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com")
VIMEO = {
    "name": "Vimeo",
    "label": _("Video on Vimeo"),
    "company": "Vimeo",
    "hosts": ("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
}
INSTAGRAM = {
    "name": "Instagram",
    "company": "Meta",
    "hosts": ("www.instagram.com", "instagram.com"),
    "shape": "post",
}
SOUNDCLOUD = {
    "name": "SoundCloud",
    "company": "SoundCloud",
    "hosts": ("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"),
}
OPENSTREETMAP = {
    "name": "OpenStreetMap",
    "label": _("Map on OpenStreetMap"),
    "company": "OpenStreetMap",
    "hosts": ("www.openstreetmap.org", "openstreetmap.org"),
    "frame": _map_frame,
}
TAIL = r"(?:[/?&#].*)?"  # what else programs write behind an address
LISTS = "sets|tracks|albums|likes|reposts"  # pages of somebody on SoundCloud, not recordings
YOUTUBE_ID = r"(?!videoseries\b|live_stream\b)(?P<id>[\w-]{11})"
LAT, LON = r"-?(?:[0-7]?\d|8[0-4])(?:\.\d{1,7})?", r"-?(?:\d{1,2}|1[0-7]\d)(?:\.\d{1,7})?"
MAP = rf"#map=(?P<zoom>1?\d)/(?P<lat>{LAT})/(?P<lon>{LON})(?:&.*)?"

PROVIDERS = [
    Provider(
        **YOUTUBE,
        hosts=YOUTUBE_HOSTS,
        pattern=rf"/(?:watch/?\?(?:[^#]*&)?v=|embed/|live/){YOUTUBE_ID}{TAIL}",
        address="https://www.youtube.com/watch?v={id}".format,
    ),
    Provider(
        **YOUTUBE,
        hosts=("youtu.be",),
        pattern=rf"/{YOUTUBE_ID}{TAIL}",
        address="https://www.youtube.com/watch?v={id}".format,
    ),
    Provider(
        **YOUTUBE,
        hosts=YOUTUBE_HOSTS,
        pattern=rf"/shorts/{YOUTUBE_ID}{TAIL}",
        address="https://www.youtube.com/shorts/{id}".format,
        shape="tall",
    ),
    Provider(  # not listed there; whoever has the address may see it
        **VIMEO,
        pattern=rf"/(?:video/)?(?P<id>\d{{5,12}})(?:/|\?(?:[^#]*&)?h=)(?P<key>[0-9a-f]{{8,16}}){TAIL}",
        address="https://vimeo.com/{id}/{key}".format,
        frame="https://player.vimeo.com/video/{id}?h={key}&dnt=1".format,
    ),
    Provider(
        **VIMEO,
        pattern=r"/(?:video/|channels/[\w-]+/)?(?P<id>\d{5,12})/?(?:[?#].*)?",
        address="https://vimeo.com/{id}".format,
        frame="https://player.vimeo.com/video/{id}?dnt=1".format,
    ),
    Provider(
        name="X",
        label=_("Post on X"),
        company="X",
        hosts=("x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
        pattern=rf"/(?P<who>\w{{1,15}})/status(?:es)?/(?P<id>\d{{1,20}}){TAIL}",
        address="https://x.com/{who}/status/{id}".format,
        frame="https://platform.twitter.com/embed/Tweet.html?dnt=true&id={id}".format,
        shape="post",
    ),
    Provider(
        **INSTAGRAM,
        label=_("Post on Instagram"),
        pattern=rf"/(?:[\w.]{{1,30}}/)?p/(?P<id>[\w-]{{5,40}}){TAIL}",
        address="https://www.instagram.com/p/{id}/".format,
        frame="https://www.instagram.com/p/{id}/embed/".format,
    ),
    Provider(
        **INSTAGRAM,
        label=_("Video on Instagram"),
        pattern=rf"/(?:[\w.]{{1,30}}/)?(?:reels?|tv)/(?P<id>[\w-]{{5,40}}){TAIL}",
        address="https://www.instagram.com/reel/{id}/".format,
        frame="https://www.instagram.com/reel/{id}/embed/".format,
    ),
    Provider(
        name="TikTok",
        label=_("Video on TikTok"),
        company="TikTok",
        hosts=("www.tiktok.com", "tiktok.com", "m.tiktok.com"),
        pattern=rf"/@(?P<who>[\w.-]{{1,24}})/video/(?P<id>\d{{5,25}}){TAIL}",
        address="https://www.tiktok.com/@{who}/video/{id}".format,
        frame="https://www.tiktok.com/player/v1/{id}".format,
        shape="tall",
    ),
    Provider(
        name="Telegram",
        label=_("Post on Telegram"),
        company="Telegram",
        hosts=("t.me", "telegram.me"),
        pattern=rf"/(?:s/)?(?P<who>[A-Za-z]\w{{3,31}})/(?P<id>\d{{1,12}}){TAIL}",
        address="https://t.me/{who}/{id}".format,
        frame="https://t.me/{who}/{id}?embed=1".format,
        shape="post",
    ),
    Provider(
        **SOUNDCLOUD,
        label=_("Recording on SoundCloud"),
        pattern=rf"/(?P<who>[\w-]+)/(?!(?:{LISTS})(?:[/?#]|$))(?P<id>[\w-]+)/?(?:[?#].*)?",
        address="https://soundcloud.com/{who}/{id}".format,
        frame="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{who}/{id}".format,
        shape="sound",
    ),
    Provider(
        **SOUNDCLOUD,
        label=_("Recordings on SoundCloud"),
        pattern=r"/(?P<who>[\w-]+)/sets/(?P<id>[\w-]+)/?(?:[?#].*)?",
        address="https://soundcloud.com/{who}/sets/{id}".format,
        frame="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{who}/sets/{id}".format,
        shape="sounds",
    ),
    Provider(
        **OPENSTREETMAP,
        pattern=rf"/(?:\?(?!mlat).*)?{MAP}",
        address="https://www.openstreetmap.org/#map={zoom}/{lat}/{lon}".format,
    ),
    Provider(
        **OPENSTREETMAP,
        pattern=rf"/\?mlat=(?P<marker_lat>{LAT})&mlon=(?P<marker_lon>{LON})(?:&.*)?{MAP}",
        address=(
            "https://www.openstreetmap.org/?mlat={marker_lat}&mlon={marker_lon}#map={zoom}/{lat}/{lon}"
        ).format,
    ),
]
NAMES = list(dict.fromkeys(provider.name for provider in PROVIDERS))


def source_of(address):
    """Return what stands at `address`; None where it is no post or video of somebody whom we know."""
    parts = ADDRESS.fullmatch(address.strip())
    if parts is None:
        return None
    host, rest = parts[1].lower(), parts[2]
    for provider in PROVIDERS:
        found = host in provider.hosts and re.fullmatch(provider.pattern, rest, re.ASCII)
        if found:
            made_of = found.groupdict()
            return Source(provider, provider.address(**made_of), provider.frame(**made_of))
    return None


def cleaned_address(text):
    """Return the address as a text keeps it: in its one form, or, of nobody whom we know, as it was typed.

    A draft is never refused, so that its writer can mend it; readers see no such thing (`gate/embeds.py`).
    """
    text = " ".join(text.split())[:LONGEST].rstrip()
    source = source_of(text)
    if source:
        return source.address
    return text if HARMLESS.fullmatch(text) else ""


def unknown(address):
    """Return what editors are told of an address at which nobody is known."""
    known = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"
    place = f"At {address}" if address else "Without an address"
    return (
        f"{place} there is no post or video that can stand in a story: paste the address of one on {known}."
    )
