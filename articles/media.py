"""The addresses of picture files. A file is as public as the stories that show it, and no longer."""

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import pictures, share_cards
from articles.body import PICTURE_TOKEN
from articles.caching import PICTURE_FILE, kept, same_for_everyone, secluded
from articles.kept import showing, subjects
from articles.models import Article, Picture
from articles.not_here import not_here
from articles.renditions import storage
from articles.rights import pictures_at_desk
from articles.sharing import text, tokens
from articles.story_page import visible_story


@require_safe
def rendition(request, token, name):
    if not (PICTURE_TOKEN.fullmatch(token) and pictures.NAME.fullmatch(name)):
        return _not_found()
    if _is_shown_to_holder(request, token):
        return _file_for_holder(request, token, name)
    if Picture.objects.shown().filter(token=token).exists():
        return _file(request, token, name, cache_control=PICTURE_FILE)
    if _is_open_to_member(request, token):
        return _file(request, token, name, cache_control="private, no-store")
    return _not_found()


@require_safe
@same_for_everyone
@kept()
def share_card(request, slug, number):
    """The picture with which a story without one is linked to. Its address changes with the words."""
    article = visible_story(slug, timezone.now())
    if article is None:
        return not_here(request, slug)
    showing.shows(subjects.story(article), subjects.section(article.section))
    if number != str(article.live_version.number):  # one address: "01" would be drawn and kept as well
        return redirect("articles:share_card", slug, article.live_version.number)
    card = share_cards.draw(article.headline, article.section.name, settings.ORGANISATION_NAME)
    return HttpResponse(card, content_type="image/png")


def _is_shown_to_holder(request, token):
    """Whether the address carries an opening of a preview link to a story that shows this very picture."""
    opening = "preview" in request.GET and tokens.live_opening(request.GET["preview"])
    if not opening or not Picture.objects.complete().filter(token=token).exists():
        return False
    article = Article.objects.select_related("picture", "live_version", "draft").get(
        pk=opening.link.article_id
    )
    return text.shows(opening.link, article, token)


@secluded
def _file_for_holder(request, token, name):
    return _file(request, token, name, cache_control="private, no-store")


def _is_open_to_member(request, token):
    """Whether somebody of the newsroom may see it, as the words that it stands with.

    Ask the session only where there is one, so that readers' requests neither read nor start any.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_staff:
        return False
    return pictures_at_desk(request.user).filter(token=token).exists()


def _file(request, token, name, *, cache_control):
    path = f"{pictures.folder(token)}/{name}"
    content_type = pictures.CONTENT_TYPES[name.rpartition(".")[2]]
    if settings.NGINX_SENDS_PICTURES:
        return _sent_by_nginx(path, content_type, cache_control)
    try:
        file = storage.open(path)
    except FileNotFoundError:
        return _not_found()
    changed_at = int(storage.get_modified_time(path).timestamp())
    response = FileResponse(file, content_type=content_type)
    response["ETag"] = f'"{changed_at:x}-{file.size:x}"'
    response["Last-Modified"] = http_date(changed_at)
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, response["ETag"], changed_at, response)


def _sent_by_nginx(path, content_type, cache_control):
    """Name the file to deploy/nginx.conf, which sends it from the disk."""
    headers = {
        "X-Accel-Redirect": f"/sent-by-nginx/{path}",
        "Cache-Control": cache_control,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content_type=content_type, headers=headers)


def _not_found():
    """Not to be kept: the same address may be public in a minute."""
    return HttpResponse(
        _("There is no such picture."),
        status=404,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
