from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import gate
from articles.addresses import absolute
from articles.caching import kept, same_for_everyone
from articles.history import COMPARED, comparison, entries_of, offered
from articles.home import home_at
from articles.kept import showing, subjects
from articles.models import Article, Author, HomeSlot, Page, PreviewNote, Section, Topic, Version
from articles.not_here import not_here
from articles.pagination import KeysetPage
from articles.sharing.text import with_asides
from articles.story_page import story_page, visible_story
from articles.transparency import figures_at

CARDS_PER_PAGE = 20
NOTES_SHOWN = 200


@require_safe
@same_for_everyone
@kept()
def home(request):
    page = home_at(timezone.now())
    showing.shows(subjects.HOME, subjects.STORIES)
    showing.shows_stories(page.stories)
    showing.ends_with(HomeSlot.objects.all(), Article.objects.all())
    return render(request, "articles/home.html", vars(page))


@require_safe
@same_for_everyone
@kept("before", "after")
def latest(request):
    showing.shows(subjects.STORIES)
    return render(request, "articles/latest.html", {"page": _cards(request, Article.objects.news())})


@require_safe
@same_for_everyone
@kept("before", "after")
def section(request, slug):
    section = get_object_or_404(Section, slug=slug)
    showing.shows(subjects.section(section))
    page = _cards(request, section.articles.all())
    return render(request, "articles/section.html", {"section": section, "page": page})


@require_safe
@same_for_everyone
@kept("before", "after")
def topic(request, slug):
    topic = get_object_or_404(Topic, slug=slug)
    showing.shows(subjects.topic(topic))
    page = _cards(request, topic.articles.all())
    return render(request, "articles/topic.html", {"topic": topic, "page": page})


@require_safe
@same_for_everyone
@kept("before", "after")
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    showing.shows(subjects.author(author))
    page = _cards(request, Article.objects.by(author))
    return render(request, "articles/author.html", {"author": author, "page": page})


@require_safe
@same_for_everyone
@kept()
def story(request, slug):
    now = timezone.now()
    article = visible_story(slug, now)
    if article is None:
        return not_here(request, slug)
    context = story_page(article, article.live_version, now) | {"takes_reports": True}
    return render(request, "articles/story.html", context)


@require_safe
@same_for_everyone
@kept(*COMPARED)
def history(request, slug):
    now = timezone.now()
    article = visible_story(slug, now)
    if article is None:
        return not_here(request, slug, keys=COMPARED)
    showing.shows(subjects.story(article))
    entries = entries_of(article, now)
    chosen = comparison(entries, request.GET)
    context = {
        "article": article,
        "entries": entries,
        "comparison": chosen,
        "offered": offered(entries, chosen),
    }
    return render(request, "articles/history.html", context)


@require_safe
@same_for_everyone
@kept("before", "after")
def corrections(request):
    notes = (
        Version.objects.public()
        .with_public_note()
        .select_related("article__live_version", "article__section")
    )
    page = KeysetPage(notes, request.GET, size=CARDS_PER_PAGE)
    showing.shows(subjects.CORRECTIONS)
    showing.shows_stories(note.article for note in page)
    showing.ends_with(Article.objects.all())
    return render(request, "articles/corrections.html", {"page": page})


@require_safe
@same_for_everyone
def transparency(request):
    return render(request, "articles/transparency.html", {"figures": figures_at(timezone.now())})


@require_safe
@same_for_everyone
@kept()
def page(request, slug="about"):
    page = get_object_or_404(Page, slug=slug)
    showing.shows(subjects.page(page))
    return render(request, "articles/page.html", {"page_text": page})


@require_safe
@never_cache
@login_required(login_url="admin:login")
def preview(request, pk):
    """Show the page as readers will see it once the draft is published, with what holders of links noted."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.for_story().select_related("draft"), pk=pk)
    if not request.user.has_perm("articles.view_article", article):
        raise PermissionDenied
    version = article.draft or article.live_version
    now = timezone.now()
    pictures = list(version.pictures.all())
    notes = PreviewNote.objects.on(article).unresolved()[:NOTES_SHOWN]
    *paragraphs, whole = with_asides(version, pictures, notes)
    context = story_page(article, version, now, pictures) | {
        "preview": True,
        "findings": gate.findings(article, by=request.user, at=max(now, article.published_at or now)),
        "paragraphs": paragraphs,
        "whole": whole,
        "may_resolve": request.user.has_perm("articles.change_article", article),
    }
    response = render(request, "articles/preview.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@same_for_everyone
@kept()
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        "Disallow: /story/*/report-an-error/",
        "Disallow: /shared/",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _cards(request, articles):
    page = KeysetPage(articles.visible().for_cards(), request.GET, size=CARDS_PER_PAGE)
    showing.shows_stories(page)
    showing.ends_with(articles)
    return page
