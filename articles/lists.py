"""The lists of stories through which readers and programs page, and whose they are."""

from django.utils import timezone

from articles.kept import showing, subjects
from articles.models import Article, Author, AuthorListing, LineListing, Section, Topic, TopicListing
from articles.pagination import KeysetPage, beside
from articles.prepared import prepared

ON_A_PAGE = 20
CORRECTED_SHOWN = 5  # of an author


def page_of_news(params):
    """Return the page of all news that a request's query asks for. Raises Http404 for a key that is none."""
    showing.shows(subjects.STORIES)
    return _page(params, _news)


def page_of_section(section, params):
    showing.shows(subjects.section(section))
    return _page(params, _in_section, section.pk)


def page_of_topic(topic, params):
    showing.shows(subjects.topic(topic))
    return _listed(params, _on_topic, topic.pk)


def page_of_author(author, params):
    showing.shows(subjects.author(author))
    return _listed(params, _by, author.pk)


def page_of_line(article, params):
    """Return the page of the stories in whose line `article` stands, which is loaded by `for_story()`."""
    showing.shows(*subjects.lines(article))
    return _listed(params, _in_line, article.line)


@prepared
def section(slug):
    return Section.objects.filter(slug=slug)


@prepared
def topic(slug):
    return Topic.objects.filter(slug=slug)


@prepared
def author(slug):
    return Author.objects.filter(slug=slug)


def corrected_of_author(author):
    """Return the stories of an author that were corrected last, a few."""
    found = [listing.article for listing in _corrected(timezone.now(), author.pk)]
    showing.shows_stories(found)
    return found


def _page(params, rows, *whose):
    page = _keyset_page(params, rows, *whose)
    showing.shows_stories(page)
    return page


def _listed(params, rows, *whose):
    """Return the page of the stories that stand in a list of their own."""
    page = _keyset_page(params, rows, *whose, key="article_id")
    page.items = [listing.article for listing in page]
    showing.shows_stories(page)
    return page


def _keyset_page(params, rows, *whose, **key):
    def rows_of(at, *place, **page):
        return rows(at, *whose, *place, **page)

    showing.ends_with(Article.objects.all())
    return KeysetPage(rows_of, params, size=ON_A_PAGE, **key)


@prepared
def _news(at, *place, **page):
    return beside(Article.objects.visible(at).news().for_cards(), *place, **page)


@prepared
def _in_section(at, section, *place, **page):
    return beside(Article.objects.visible(at).filter(section=section).for_cards(), *place, **page)


@prepared
def _on_topic(at, topic, *place, **page):
    listings = TopicListing.objects.filter(topic=topic).visible(at).for_cards()
    return beside(listings, *place, key="article_id", **page)


@prepared
def _by(at, author, *place, **page):
    listings = AuthorListing.objects.filter(author=author).visible(at).for_cards()
    return beside(listings, *place, key="article_id", **page)


@prepared
def _corrected(at, author):
    return AuthorListing.objects.filter(author=author).seen(at).for_cards().corrected()[:CORRECTED_SHOWN]


@prepared
def _in_line(at, line, *place, **page):
    listings = LineListing.objects.filter(line=line).visible(at).for_cards()
    return beside(listings, *place, key="article_id", **page)
