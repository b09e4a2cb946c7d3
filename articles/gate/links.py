import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.gate.rule import Level, Rule
from articles.models import Article, Author, Page, Section, Topic

HREF = re.compile(r'href="([^"]*)"')
STORY_PAGES = {"articles:story", "articles:history", "articles:passages", "comments:thread", "comments:feed"}
NOUNS = {
    "articles:section": Section,
    "articles:section_feed": Section,
    "articles:topic": Topic,
    "articles:author": Author,
    "articles:page": Page,
}
NOT_FOR_READERS = ("admin:", "moderation:", "articles:preview")


class DeadLinks(Rule):
    """Links to our own pages that readers would not find when the story comes out."""

    name = "dead links"
    level = Level.ASKS

    def look_at(self, candidate):
        home = settings.SITE_URL + candidate.article.get_absolute_url()
        links = [(block, path) for block in candidate.blocks for path in _own_paths(block.inner, home)]
        matches = {path: _match(path) for _, path in links}
        standing = _standing(matches.values(), candidate.at)
        for block, path in links:
            match = matches[path]
            if match is None or _is_gone(match, standing):
                yield self.finding(f"Readers would not find {path}.", block.attributes.get("id", ""))


def _own_paths(html, home):
    """Yield the paths of links to other pages of ours, however written; `home` is where they stand."""
    story, ours = urlsplit(home).path, urlsplit(home).netloc.lower()
    for href in HREF.findall(html):
        try:
            target = urlsplit(urljoin(home, unescape(href)))
        except ValueError:  # no address at all
            continue
        is_ours = target.scheme.lower() in ("http", "https") and target.netloc.lower() == ours
        if is_ours and target.path != story:
            yield unquote(target.path) or "/"


def _is_gone(match, standing):
    if match.view_name.startswith(NOT_FOR_READERS):
        return True
    return _is_checked(match) and _slug(match) not in standing[match.view_name]


def _match(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


def _is_checked(match):
    return match.view_name in STORY_PAGES or match.view_name in NOUNS


def _slug(match):
    return match.kwargs["slug"]


def _standing(matches, at):
    """Return the addresses that are there at the instant `at`, by the kind of page. A query for each kind."""
    wanted = {}
    for match in filter(None, matches):
        if _is_checked(match):
            wanted.setdefault(match.view_name, set()).add(_slug(match))
    return {name: _found(name, slugs, at) for name, slugs in wanted.items()}


def _found(name, slugs, at):
    if name in STORY_PAGES:
        return _found_stories(slugs, at)
    return set(NOUNS[name].objects.filter(slug__in=slugs).values_list("slug", flat=True))


def _found_stories(slugs, at):
    """Old addresses lead to their stories: they are no dead links."""
    rows = Article.objects.visible(at).ever_at(*slugs).values_list("slug", "old_addresses__slug")
    return {slug for row in rows for slug in row}
