from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import archive, gate, lists
from articles.caching import kept, same_for_everyone
from articles.embeds import embeds_in, permit_frames
from articles.history import COMPARED, comparison, entries_of, offered
from articles.home import home_at
from articles.kept import showing, subjects
from articles.lines import line_of
from articles.models import (
    Article,
    HomeSlot,
    Page,
    PreviewNote,
    Version,
)
from articles.not_here import not_here
from articles.pagination import KeysetPage, beside
from articles.prepared import one_or_404, prepared
from articles.sharing.text import with_asides
from articles.story_page import readers_page, story_page, text_page, visible_story
from articles.transparency import figures_at

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
    page = lists.page_of_news(request.GET)
    return render(request, "articles/latest.html", {"page": page, "days": archive.by_day(page)})


@require_safe
@same_for_everyone
@kept("before", "after")
def section(request, slug):
    section = one_or_404(lists.section(slug))
    page = lists.page_of_section(section, request.GET)
    return render(request, "articles/section.html", {"section": section, "page": page})


@require_safe
@same_for_everyone
@kept("before", "after")
def topic(request, slug):
    topic = one_or_404(lists.topic(slug))
    page = lists.page_of_topic(topic, request.GET)
    context = {"topic": topic, "page": page, "months": archive.by_month(page)}
    return render(request, "articles/topic.html", context)


@require_safe
@same_for_everyone
@kept("before", "after")
def author(request, slug):
    author = one_or_404(lists.author(slug))
    page = lists.page_of_author(author, request.GET)
    shown = {"author": author, "page": page, "corrected": lists.corrected_of_author(author)}
    return render(request, "articles/author.html", shown)


@require_safe
@same_for_everyone
@kept()
def story(request, slug):
    now = timezone.now()
    article = visible_story(slug, now)
    if article is None:
        return not_here(request, slug)
    page = render(request, "articles/story.html", readers_page(article, now))
    return permit_frames(page, embeds_in(article.live_version.body))


@require_safe
@same_for_everyone
@kept()
def text_story(request, slug):
    """Show a story as text alone, for a connection or a machine that has little."""
    now = timezone.now()
    article = visible_story(slug, now)
    if article is None:
        return not_here(request, slug)
    return render(request, "articles/text_story.html", text_page(article, now))


@require_safe
@same_for_everyone
@kept("before", "after")
def text_latest(request):
    return render(request, "articles/text_latest.html", {"page": lists.page_of_news(request.GET)})


@require_safe
@same_for_everyone
@kept("before", "after")
def line(request, slug):
    now = timezone.now()
    article = visible_story(slug, now)
    if article is None:
        return not_here(request, slug, keys=("before", "after"))
    if line_of(article, now) is None:  # as its own page decides it, which tells of no draft
        raise Http404("The story stands in no line that readers see.")
    showing.shows(subjects.story(article))
    page = lists.page_of_line(article, request.GET)
    return render(request, "articles/line.html", {"article": article, "page": page})


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
        Version.objects.with_public_note()
        .select_related("article__live_version", "article__section")
        .defer("body", "article__live_version__body")
    )

    def rows(at, *place, **page):
        return beside(notes.public(at), *place, **page)

    page = KeysetPage(rows, request.GET, size=lists.ON_A_PAGE)
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
def app(request):
    return render(request, "articles/app.html", {"app_links": settings.APP_LINKS})


@require_safe
@same_for_everyone
@kept()
def page(request, slug="about"):
    page = one_or_404(_pages(slug))
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
    return permit_frames(response, embeds_in(version.body))


@prepared
def _pages(slug):
    return Page.objects.filter(slug=slug)
