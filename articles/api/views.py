import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from articles import ages, lists
from articles.addresses import absolute
from articles.api import shapes
from articles.api.endpoint import as_json, as_page, endpoint
from articles.api.problems import invalid, no_such_place, story_not_here
from articles.caching import kept, same_for_everyone
from articles.kept import showing, subjects
from articles.lines import line_of
from articles.models import Section
from articles.related import related_to
from articles.search.form import SearchForm
from articles.search.results import Results
from articles.story_page import authors_of, notes_of, tell_what_shows, topics_of, visible_story

DESCRIPTION = Path(__file__).with_name("openapi.json")
LISTS = {  # by the parameter that asks for it: whose stories, and a page of them
    "section": (lists.section, lists.page_of_section),
    "topic": (lists.topic, lists.page_of_topic),
    "author": (lists.author, lists.page_of_author),
}
OF_SEARCH = (*SearchForm.base_fields, "before", "after", "page")
ASKS_FOR_NOTHING = "Say what you look for: words in `q`, or a section, a topic, an author or days."


@endpoint
@same_for_everyone
@kept()
def root(request):
    told = {
        "name": settings.ORGANISATION_NAME,
        "url": absolute("/"),
        "description": absolute(reverse("api:description")),
        "addresses": [
            {"address": f"{absolute('/api/v1')}{path}", "summary": summary} for path, summary in _paths()
        ],
    }
    return as_json(told)


@endpoint
@same_for_everyone
@kept()
def description(request):
    return HttpResponse(_description(), content_type="application/json")


@endpoint
@same_for_everyone
@kept(*LISTS, "before", "after")
def stories(request):
    name, noun = _whose(request.GET)
    try:
        page = LISTS[name][1](noun, request.GET) if noun else lists.page_of_news(request.GET)
    except Http404:
        raise no_such_place(request.GET, "after", "before") from None
    showing.shows(*(subjects.section(article.section) for article in page))
    told = {"of": shapes.whose(noun), "stories": [shapes.card(article) for article in page]}
    neighbours = {"following": page.older_url, "previous": page.newer_url}
    asked = {name: noun.slug} if noun else {}
    return as_page(told, absolute(request.path), **neighbours, **asked)


@endpoint
@same_for_everyone
@kept()
def story(request, slug):
    now = timezone.now()
    article = visible_story(slug, now)
    if article is None:
        return story_not_here(request, slug)
    authors, topics = list(authors_of(article.pk)), list(topics_of(article.pk))
    line = line_of(article, now)
    so_far = line.articles if line else []
    related = related_to(article, topics, now, besides=so_far)
    tell_what_shows(article, authors, topics, [entry.article for entry in related])
    showing.shows(*subjects.lines(article), *map(subjects.story, so_far))
    showing.shows(subjects.section(article.section))
    showing.ends(ages.next_change(article, now))
    around = {
        "age_notice": ages.warning(article, now),
        "authors": authors,
        "topics": topics,
        "corrections": notes_of(article.pk, now) if article.was_updated else [],
        "line": line,
        "related": related,
    }
    return as_json(shapes.story(article, article.live_version, **around))


@endpoint
@same_for_everyone
@kept()
def sections(request):
    showing.shows(subjects.FRAME)
    return as_json({"sections": [shapes.section(section) for section in Section.objects.all()]})


@endpoint
@same_for_everyone
def search(request):
    """Kept ready for nobody: there are as many answers as questions."""
    params = _known(request.GET)
    form = SearchForm(params)
    if not form.is_valid():
        raise invalid(**{name: " ".join(sentences) for name, sentences in form.errors.items()})
    if form.asks_for_nothing:
        raise invalid(q=ASKS_FOR_NOTHING)
    try:
        results = Results(form, params, timezone.now())
    except Http404:
        raise no_such_place(params, "after", "before", "page") from None
    told = {
        "order": "best" if results.is_by_match else "newest",
        "counted": results.counted,
        "loosened": results.said or None,
        "suggestions": results.suggestions,
        "stories": [shapes.hit(hit) for hit in results],
    }
    return as_page(told, absolute(request.path), following=results.older_url, previous=results.newer_url)


@endpoint
@same_for_everyone
def nothing(request, rest):
    raise Http404


def _whose(params):
    """Return by which parameter a list is asked for, and whose it is; nothing for the list of all news."""
    asked = [name for name in LISTS if name in params]
    if len(asked) > 1:
        raise invalid(**{asked[1]: f"Ask by one of {', '.join(LISTS)} only; the search takes several."})
    for name in asked:
        noun = next(LISTS[name][0](params[name]), None) if "\0" not in params[name] else None
        if noun is None:
            raise invalid(**{name: f"We have no such {name}."})
        return name, noun
    return None, None


def _known(params):
    """Return of a query what the search knows: no other parameter goes along to the next page."""
    known = QueryDict(mutable=True)
    for name in OF_SEARCH:
        if name in params:
            known[name] = params[name]
    return known


@cache
def _description():
    return DESCRIPTION.read_bytes()


@cache
def _paths():
    """Return what there is to ask for, each with what it gives, as the description has it."""
    return [(path, said["get"]["summary"]) for path, said in json.loads(_description())["paths"].items()]
