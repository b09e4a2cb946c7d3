"""What programs that read stories out of pages make of ours: readability, trafilatura, newspaper4k."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from urllib.request import urlopen

import newspaper
import readability
import trafilatura

PROGRAMS = ("readability", "trafilatura", "newspaper4k")
GRAPH = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PARAGRAPH = re.compile(r'<p id="p-[0-9a-f]{8}">(.*?)</p>', re.DOTALL)


class _Text(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.words = ""
        self.feed(html)

    def handle_data(self, data):
        self.words += data


def read(address):
    """Return for each program what it read wrong: of title, author, date and text."""
    with urlopen(address) as answer:
        html = answer.read().decode()
    graph = json.loads(GRAPH.search(html)[1])["@graph"]
    story = next(node for node in graph if node["@type"] == "NewsArticle")
    expected = {
        "title": story["headline"],
        "author": story["author"][0]["name"],
        "date": story["datePublished"][:10],
        "text": [_Text(words).words for words in PARAGRAPH.findall(html)],
    }
    return [
        [part for part, found in told.items() if not _is_there(expected[part], found)]
        for told in (_by_readability(html), _by_trafilatura(html, address), _by_newspaper(html, address))
    ]


def _is_there(expected, found):
    expected = expected if isinstance(expected, list) else [expected]
    return all(_squeezed(words) in _squeezed(found) for words in expected)


def _by_readability(html):
    """Return what it reads, which is no byline and no date."""
    document = readability.Document(html)
    return {"title": document.title(), "text": _Text(document.summary()).words}


def _by_trafilatura(html, address):
    told = trafilatura.bare_extraction(html, url=address, with_metadata=True).as_dict()
    return {"title": told["title"], "author": told["author"], "date": told["date"], "text": told["text"]}


def _by_newspaper(html, address):
    article = newspaper.Article(address)
    article.download(input_html=html)
    article.parse()
    day = str(article.publish_date)[:10]
    return {"title": article.title, "author": ", ".join(article.authors), "date": day, "text": article.text}


def _squeezed(words):
    return re.sub(r"\W+", "", unescape(words or ""))
