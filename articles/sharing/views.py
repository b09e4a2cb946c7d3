"""The pages of who holds a preview link. They know no account, set no cookie: the address is the key."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.caching import secluded
from articles.embeds import embeds_in, permit_frames
from articles.models import Article, PreviewNote
from articles.ratelimit import allow, client_network
from articles.sharing import acts, text, tokens
from articles.sharing.forms import NoteForm
from articles.story_page import story_page

HOUR = 60 * 60
OPENINGS = (30, HOUR)  # from one network
NOTES = (60, HOUR)

NOTES_TOO_FAST = _(
    "Many notes came from your connection within an hour. Keep your words and send them later."
)
NOTES_TOO_MANY = _(
    "This link has brought %(number)s notes, as many as one may. "
    "Please write the rest to whoever gave you the link."
)


@secluded
@csrf_exempt  # the token in the address is the secret; a holder without cookies can open it too
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Following the link changes nothing, since mail scanners do; pressing the button counts one opening."""
    network = client_network(request)
    if request.method == "POST" and not allow(f"preview opening {network}", *OPENINGS):
        return render(request, "articles/shared/busy.html", status=429)
    link = tokens.openable_link(token)
    if link and request.method == "POST":
        opening = acts.open_link(link, network)
        return redirect("articles:reading", tokens.opening_token(opening)) if opening else _dead(request)
    return render(request, "articles/shared/invitation.html", {"link": link}) if link else _dead(request)


@secluded
@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request, token):
    """The story's page, with the notes of this link. Posting leaves one."""
    opening = tokens.live_opening(token)
    if opening is None:
        return _dead(request)
    article = Article.objects.for_story().select_related("draft").get(pk=opening.link.article_id)
    shown = text.version_shown(opening.link, article)
    form, status = None, 200
    if request.method == "POST":
        form = NoteForm.sent(request.POST)
        status = _left(request, opening, shown, form)
        if status == 302:
            place = form.cleaned_data["block"] or "note-on-story"
            return redirect(f"{reverse('articles:reading', args=[token])}#{place}")
    return _show(request, token, opening, article, shown, form, status)


def _left(request, opening, version, form):
    """Keep the note, or say in the form why not. Return the status of the answer."""
    if not form.is_valid():
        return 422
    if not allow(f"preview notes {client_network(request)}", *NOTES):
        form.add_error(None, NOTES_TOO_FAST)
        return 429
    block = form.cleaned_data["block"]
    said = {"words": form.cleaned_data["comment"], "name": form.cleaned_data["name"], "block": block}
    mark = opening.link.mark if opening.link.words else version.mark
    try:
        acts.leave_note(opening, **said, mark=mark, passage=text.passage_of(version, block))
    except acts.TooManyNotes:
        form.add_error(None, NOTES_TOO_MANY % {"number": acts.MOST_NOTES})
        return 422
    return 302


def _show(request, token, opening, article, version, form, status):
    pictures = text.pictures_of(version)
    for picture in [*pictures, *([article.picture] if article.picture else [])]:
        picture.preview = token
    notes = list(PreviewNote.objects.filter(opening__link=opening.link))
    paragraphs = text.with_asides(version, pictures, notes)
    own_name = next((note.name for note in reversed(notes) if note.opening_id == opening.pk), "")
    for paragraph in paragraphs:
        if not paragraph.is_heading:
            paragraph.form = NoteForm(block=paragraph.block_id, name=own_name)
    if form:
        _place(form, paragraphs)
    context = story_page(article, version, timezone.now(), pictures) | {
        "opening": opening,
        "link": opening.link,
        "paragraphs": paragraphs[:-1],
        "whole": paragraphs[-1],
        "form": form,
        "is_embargoed": article.embargo_until and article.embargo_until > timezone.now(),
    }
    page = render(request, "articles/shared/reading.html", context, status=status)
    return permit_frames(page, embeds_in(version.body))


def _place(form, paragraphs):
    """Show what was sent at its paragraph; where that is gone by now, at the whole story."""
    block = form["block"].value() or ""
    next((own for own in paragraphs if own.block_id == block), paragraphs[-1]).form = form


def _dead(request):
    """One answer to every token that opens nothing, so that it tells nothing."""
    return render(request, "articles/shared/dead.html", status=404)
