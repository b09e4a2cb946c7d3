"""The formats of our feeds, each as a class of Django's feed generator: Atom, RSS 2.0, JSON Feed 1.1."""

import json
import re
from html import escape

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

from articles.microseconds import EPOCH

DELETED = {"xmlns:at": "http://purl.org/atompub/tombstones/1.0"}  # RFC 6721
CONTENT = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}


NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2


class _Steady:
    """An empty feed says the same at every moment, so that whoever has it need not read it again.

    Items may have `content`, which is HTML; the feed `gone`, pairs of an id and since when it is gone, and
    a `hub`, an address that tells subscribers when it changed (WebSub).
    """

    def latest_post_date(self):
        gone = [at for _, at in self.feed.get("gone", ())]
        return max([super().latest_post_date(), *gone] if self.items else gone, default=EPOCH)


class _InXml(_Steady):
    """In XML what describes a feed or an item is HTML, and some characters have no place at all."""

    def __init__(self, **about):
        super().__init__(**{name: _xml(value) for name, value in about.items()})

    def add_item(self, *, description, is_html=False, **item):
        item["description"] = description if is_html else escape(description, quote=False)
        super().add_item(**{name: _xml(value) for name, value in item.items()})

    def write_gone(self, handler):
        for unique_id, at in self.feed.get("gone", ()):
            handler.addQuickElement("at:deleted-entry", "", {"ref": unique_id, "when": rfc3339_date(at)})


def _xml(value):
    if isinstance(value, list):
        return [_xml(each) for each in value]
    return NOT_IN_XML.sub("", value) if isinstance(value, str) else value


class AtomFeed(_InXml, Atom1Feed):
    def root_attributes(self):
        return super().root_attributes() | (DELETED if self.feed.get("gone") else {})

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed.get("hub"):
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})

    def write_items(self, handler):
        self.write_gone(handler)
        super().write_items(handler)


class RssFeed(_InXml, Rss201rev2Feed):
    """RSS has no word for what is gone, and allows elements of any namespace: so it takes Atom's.

    RFC 6721 speaks of Atom alone, but whoever reads both finds the same here, and others pass over it.
    What names the item there is its `atom:id`, here its `guid`.
    """

    def rss_attributes(self):
        return super().rss_attributes() | CONTENT | (DELETED if self.feed.get("gone") else {})

    def write_items(self, handler):
        self.write_gone(handler)
        super().write_items(handler)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed.get("hub"):
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"unique_id_is_permalink": False})
        if item.get("content"):
            handler.addQuickElement("content:encoded", item["content"])


class JsonFeed(_Steady, SyndicationFeed):
    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            **({"hubs": [{"type": "WebSub", "url": self.feed["hub"]}]} if self.feed.get("hub") else {}),
            "authors": [{"name": self.feed["author_name"]}],
            **self._gone(),
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps(told, ensure_ascii=False, indent=1))

    def _gone(self):
        """JSON Feed 1.1, Extensions: an object of our own, which who does not know it passes over."""
        gone = [
            {"id": unique_id, "withdrawn_at": at.isoformat()} for unique_id, at in self.feed.get("gone", ())
        ]
        about = "Items that readers saw and that were withdrawn since: delete your copies."
        return {"_anewz": {"about": about, "withdrawn": gone}} if gone else {}

    def _item(self, item):
        content = item.get("content")
        told = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            **({"content_html": content} if content else {"content_text": item["description"]}),
            "image": item.get("picture_url"),
            "date_published": item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "authors": [{"name": name} for name in item.get("authors", ())],
            "tags": list(item["categories"]),
        }
        return {name: value for name, value in told.items() if value}


FORMATS = {"xml": AtomFeed, "rss": RssFeed, "json": JsonFeed}
