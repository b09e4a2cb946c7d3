from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.caching import same_for_everyone
from articles.search.form import SearchForm
from articles.search.results import Results


@require_safe
@same_for_everyone
def search(request):
    """Stories by their words. Kept ready for nobody: there are as many pages as questions."""
    form = SearchForm(request.GET)
    results = None
    if form.is_valid() and not form.asks_for_nothing:
        results = Results(form, request.GET, timezone.now())
    status = 422 if form.errors else 200
    return render(request, "articles/search.html", {"form": form, "results": results}, status=status)
