from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from comments.desk.access import moderators_only
from comments.desk.forms import BulkForm
from comments.desk.telling import last_done, tell
from comments.moderation import bulk, seen
from comments.moderation.queue import load_what_was_said

SHOWN = 20


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def several(request):
    """Show what an act would do to all that was ticked, or to a single comment; with `sure`, do it.

    It is done to what was shown: each comment's mark comes back with the form.
    """
    asked = request.POST if request.method == "POST" else request.GET
    case_keys = [key for key in asked.getlist("cases") if key.isdecimal() and len(key) < 18]
    comment_keys = asked.getlist("comments")[: bulk.MOST_AT_ONCE]
    form = BulkForm(request.POST or None, initial={"act": asked.get("act")})
    comments = list(bulk.chosen(case_keys[: bulk.MOST_AT_ONCE], comment_keys))
    marks = seen.marks_of([comment.pk for comment in comments])
    shown = _marks_shown(request.POST)
    if form.is_valid() and comments and "sure" in request.POST and marks.keys() <= shown.keys():
        tell(request, bulk.decide(comments, request.user, marks=shown, **form.cleaned_data))
        return redirect("moderation:queue")
    load_what_was_said(comments[:SHOWN])
    act = asked.get("act", "")
    context = {
        "form": form,
        "act": act,
        "comments": comments,
        "plan": bulk.plan(comments, act, request.user) if act in dict(form.fields["act"].choices) else None,
        "marks": [f"{comment.pk}:{marks[comment.pk]}" for comment in comments],
        "shown": comments[:SHOWN],
        "last_done": last_done(request.user),
    }
    return render(request, "moderation/several.html", context, status=422 if form.errors else 200)


def _marks_shown(posted):
    """Return how each comment was when the page with the button was made, by key."""
    marks = {}
    for text in posted.getlist("seen")[: bulk.MOST_AT_ONCE]:
        key, _, mark = text.partition(":")
        if key.isdecimal() and len(key) < 18 and (mark := seen.read(seen.Mark, mark)):
            marks[int(key)] = mark
    return marks
