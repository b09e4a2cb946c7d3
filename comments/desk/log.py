from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from articles.rights import stories_at_desk
from comments.desk.access import moderators_only
from comments.desk.telling import tell
from comments.models import ModerationAct
from comments.moderation import acts, bulk

ON_A_PAGE = 50


@moderators_only
@require_safe
def log(request):
    """Every act, the newest first, with the button that takes it back."""
    rows = ModerationAct.objects.select_related(
        "by",
        "person",
        "comment__article__live_version",
        "undone_by__by",
        "undoes",
        "words_to_writer",
    ).order_by("-pk")
    before = request.GET.get("before", "")
    if before:
        if not before.isdecimal() or len(before) > 18:
            raise Http404("Not a place in this list.")
        rows = rows.filter(pk__lt=int(before))
    rows = list(rows[: ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    stories = _stories_shown(shown, request.user)
    for row in shown:
        row.story = stories.get(row.article_id)
        row.is_undone = hasattr(row, "undone_by")
        row.can_be_undone = not row.is_undone and acts.can_be_undone(row)
    _count_batches(shown)
    older = shown[-1].pk if len(rows) > ON_A_PAGE else None
    return render(request, "moderation/log.html", {"acts": shown, "older": older})


@moderators_only
@require_POST
def undo(request, pk):
    """Take back an act; with `batch`, all that the same press of a button did."""
    act = get_object_or_404(ModerationAct, pk=pk)
    if not acts.can_be_undone(act):
        messages.warning(request, "This can no longer be taken back.")
        return redirect("moderation:log")
    if "batch" in request.POST:
        result = bulk.undo(act, request.user)
        tell(request, result)
        if result.done:
            count = len(result.done)
            messages.success(request, f"Taken back: {count} decision{'' if count == 1 else 's'}.")
        return redirect("moderation:queue")
    try:
        acts.undo(act, request.user)
    except (acts.AlreadyDecided, acts.NotTheLatest) as fact:
        messages.warning(request, str(fact))
    else:
        messages.success(request, "Taken back.")
    return redirect("moderation:log")


def _stories_shown(rows, account):
    """Return the stories of these rows that the account may know of, by key."""
    keys = {row.article_id for row in rows if row.article_id}
    known = Article.objects.visible() | stories_at_desk(account, Article.objects.all())
    return known.select_related("live_version", "draft").in_bulk(keys)


def _count_batches(shown):
    """Mark the first of those that one press did, and that can be taken back together."""
    can_be_undone = [row for row in shown if row.can_be_undone]
    for _, rows in groupby(can_be_undone, key=lambda row: (row.by_id, row.at)):
        first, *others = rows
        first.batch = len(others) + 1 if others else 0
