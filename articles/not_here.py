"""What an address answers at which readers find no story: it moved, it was withdrawn, it was never there."""

from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.kept import showing, subjects
from articles.models import Article


def not_here(request, slug, *, keys=(), words="", withdrawn=None):
    """Lead from an old address to the present one, in one step; where that shows nothing, answer as it does.

    `keys` are the parameters of the page that are ours; no other goes along. `words` are what
    a reader has just sent about a story that is gone, to be given back. `withdrawn` makes the answer
    of such a story where that is no page. Raises Http404.
    """
    article = Article.objects.gone().filter(slug=slug).first()
    if article is None:
        moved = Article.objects.once_at(slug)
        present = moved.visible().only("slug").first()
        if present:
            showing.shows(subjects.story(present))
            return _moved(request, present.slug, keys)
        article = get_object_or_404(moved.gone())
    showing.shows(subjects.story(article))
    if withdrawn:
        return withdrawn(article)
    context = {"article": article, "words": words}
    return render(request, "articles/withdrawn.html", context, status=410)


def _moved(request, slug, keys):
    page = request.resolver_match
    address = reverse(page.view_name, kwargs=page.kwargs | {"slug": slug})
    kept = urlencode({key: request.GET[key] for key in keys if key in request.GET})
    return HttpResponsePermanentRedirect(f"{address}?{kept}" if kept else address)
