"""What makes a feed valid, and what readers of feeds stumble over, as one rule each.

From RFC 4287 (Atom), RFC 6721 (what is gone), the RSS 2.0 specification with the advice of its board, and
JSON Feed 1.1: those that the W3C's feed validator checks, as far as our feeds could break them.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # RFC 5646, as far as we go
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
VOID = {"br"}


def complaints(address, body):
    """Return which rules the feed at a full address breaks, each in a few words."""
    if address.endswith(".json"):
        return list(_json_complaints(address, json.loads(body)))
    root = ElementTree.fromstring(body)
    rules = _atom_complaints if root.tag == f"{ATOM}feed" else _rss_complaints
    return list(rules(address, root))


def _atom_complaints(address, feed):
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            if not all(
                each.text for each in element.findall(f"{ATOM}{name}") or [ElementTree.Element("none")]
            ):
                yield f"no {name}"
            if len(element.findall(f"{ATOM}{name}")) > 1:
                yield f"more than one {name}"
        if not _is_full(element.findtext(f"{ATOM}id")):
            yield "an id that is no full address"
        if not [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]:
            yield "no page that it is about"
        if not all(_is_full(link.get("href")) for link in element.findall(f"{ATOM}link")):
            yield "a link that is not full"
        if not all(each.get("term") for each in element.findall(f"{ATOM}category")):
            yield "a category without a term"
    if not feed.findall(f"{ATOM}author") and not all(entry.findall(f"{ATOM}author") for entry in entries):
        yield "an entry without an author in a feed without one"
    if not all(name.text for author in feed.iter(f"{ATOM}author") for name in author.iter(f"{ATOM}name")):
        yield "an author without a name"
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield "not its own address"
    if not LANGUAGE.fullmatch(feed.get(LANG, "")):
        yield "no language"
    for name in ("summary", "content"):
        for element in feed.iter(f"{ATOM}{name}"):
            if element.get("type") == "html":
                yield from _html_complaints(element.text)
    gone = feed.findall(f"{TOMBSTONE}deleted-entry")
    instants = [each.text for name in ("updated", "published") for each in feed.iter(f"{ATOM}{name}")]
    instants += [each.get("when") for each in gone]
    yield from _instant_complaints(instants, RFC3339, datetime.fromisoformat)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries] + [each.get("ref") for each in gone]
    if len(set(ids)) < len(ids):
        yield "an id that comes twice"
    changes = [entry.findtext(f"{ATOM}updated") for entry in entries] + [each.get("when") for each in gone]
    if changes and datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) < _newest(changes):
        yield "changed after its own last change"
    yield from _order_complaints([entry.findtext(f"{ATOM}published") for entry in entries])


def _rss_complaints(address, root):
    channel, items = root.find("channel"), root.findall("channel/item")
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        yield "not RSS 2.0 with one channel"
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        if [bool(each.text) for each in channel.findall(name)] != [True]:
            yield f"not one {name}"
    if not LANGUAGE.fullmatch(channel.findtext("language", "")):
        yield "no language"
    own = [each.get("href") for each in channel.findall(f"{ATOM}link") if each.get("rel") == "self"]
    if own != [address]:
        yield "not its own address"
    names = [each.tag for each in channel]
    if items and set(names[names.index("item") :]) != {"item"}:
        yield "something about the channel behind an item"
    for element in (channel, *items):
        if not _is_full(element.findtext("link")):
            yield "a link that is not full"
    for item in items:
        names = [each.tag for each in item]
        if not item.findtext("title") or not item.findtext("description"):
            yield "an item without title or description"
        if any(names.count(name) > 1 for name in set(names) - {"category"}):
            yield "something twice in an item"
        if CONTENT in names and names.index(CONTENT) < names.index("description"):
            yield "the content before the description"
        if "author" in names:
            yield "an author, which has to be an e-mail address"
        if item.find("guid").get("isPermaLink") != "false":
            yield "an id that passes for an address"
        for text in (item.findtext("description"), item.findtext(CONTENT) or ""):
            yield from _html_complaints(text)
    ids = [item.findtext("guid") for item in items]
    gone = channel.findall(f"{TOMBSTONE}deleted-entry")
    ids += [each.get("ref") for each in gone]
    if len(set(ids)) < len(ids) or not all(ids):
        yield "an id that is missing or comes twice"
    built = channel.findtext("lastBuildDate")
    instants = [built, *(item.findtext("pubDate") for item in items)]
    yield from _instant_complaints(instants, _AsRfc822, parsedate_to_datetime)
    if gone and parsedate_to_datetime(built) < _newest([each.get("when") for each in gone]).replace(
        microsecond=0
    ):
        yield "changed after its own last change"
    published = [item.findtext("pubDate") for item in items]
    yield from _order_complaints([parsedate_to_datetime(each).isoformat() for each in published])


def _json_complaints(address, told):
    if told["version"] != "https://jsonfeed.org/version/1.1" or not told["title"]:
        yield "no version or title"
    if told["feed_url"] != address or not _is_full(told["home_page_url"]):
        yield "not its own address, or no page that it is about"
    if not LANGUAGE.fullmatch(told["language"]):
        yield "no language"
    if not all(hub["type"] and _is_full(hub["url"]) for hub in told.get("hubs", [])):
        yield "a hub without type or address"
    strangers = [name for name in told if name.startswith("_")]
    if not all(re.fullmatch(r"_[A-Za-z][A-Za-z0-9]*", name) for name in strangers):
        yield "an extension of no such name"
    gone = told.get("_anewz", {}).get("withdrawn", [])
    ids = [item["id"] for item in told["items"]] + [each["id"] for each in gone]
    if len(set(ids)) < len(ids) or not all(isinstance(each, str) and each for each in ids):
        yield "an id that is missing or comes twice"
    for item in told["items"]:
        if not _is_full(item["url"]) or not _is_full(item.get("image", item["url"])):
            yield "a link that is not full"
        if not item.get("content_html") and not item.get("content_text"):
            yield "an item without content"
        if not all(author.get("name") for author in item.get("authors", told["authors"])):
            yield "an author without a name"
        if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
            yield "a tag that is no text"
        yield from _html_complaints(item.get("content_html", ""))
    instants = [item[name] for item in told["items"] for name in ("date_published", "date_modified")]
    instants += [each["withdrawn_at"] for each in gone]
    yield from _instant_complaints(instants, RFC3339, datetime.fromisoformat)
    yield from _order_complaints([item["date_published"] for item in told["items"]])


class _AsRfc822:
    """RFC 822 with a year of four digits, the right day of the week and a zone as a number."""

    @staticmethod
    def fullmatch(text):
        return format_datetime(parsedate_to_datetime(text)) == text


def _is_full(address):
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.hostname) and re.fullmatch(r"[!-~]+", address)


def _instant_complaints(instants, form, parse):
    for text in instants:
        if not form.fullmatch(text):
            yield f"not an instant: {text}"
        elif parse(text) > datetime.now(UTC) + timedelta(days=1) or parse(text).year < 1970:
            yield f"an instant that cannot be: {text}"


def _newest(instants):
    return max(map(datetime.fromisoformat, instants))


def _order_complaints(instants):
    found = [datetime.fromisoformat(text) for text in instants]
    if found != sorted(found, reverse=True):
        yield "not the newest first"


def _html_complaints(html):
    parser = _Html()
    parser.feed(html)
    parser.close()
    yield from parser.complaints
    if parser.open:
        yield f"HTML that is not closed: {parser.open}"


class _Html(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.complaints = [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style", "iframe", "object", "embed", "form", "base"}:
            self.complaints.append(f"<{tag}> in HTML")
        for name, value in attrs:
            if name in ("href", "src") and urlsplit(value).scheme not in ("http", "https", "mailto"):
                self.complaints.append(f"a relative link: {value}")
            if name.startswith("on") or name == "style":
                self.complaints.append(f"{name} in HTML")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.complaints.append(f"</{tag}> without its beginning")
