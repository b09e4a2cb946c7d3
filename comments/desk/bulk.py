from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from comments.desk.access import moderators_only
from comments.desk.forms import BulkForm
from comments.desk.telling import tell
from comments.moderation import bulk


@moderators_only
@require_POST
def several(request):
    """Show what an act would do to all that was ticked; with `sure`, do it."""
    case_keys = [key for key in request.POST.getlist("cases") if key.isdecimal() and len(key) < 18]
    comment_keys = request.POST.getlist("comments")[: bulk.MOST_AT_ONCE]
    form = BulkForm(request.POST)
    comments = list(bulk.chosen(case_keys[: bulk.MOST_AT_ONCE], comment_keys))
    if form.is_valid() and comments and "sure" in request.POST:
        tell(request, bulk.decide(comments, request.user, **form.cleaned_data))
        return redirect("moderation:queue")
    context = {
        "form": form,
        "plan": bulk.plan(comments, request.POST.get("act")),
        "keys": [comment.pk for comment in comments],
        "shown": comments[:20],
    }
    return render(request, "moderation/several.html", context, status=200 if form.is_valid() else 422)
