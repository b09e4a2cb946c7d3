"""How cases open, grow and close. The caller's transaction holds the thread of the comment."""

from django.utils import timezone

from comments.models import Case, ReaderComment
from comments.moderation import urgency

Origin = Case.Origin


def hold(comment, *, like=(), is_flood=False):
    """Put a held comment before the moderators, beside those that say nearly the same or are of one flood."""
    joined = next((other.case_id for other in like if other.case_id), None)
    if is_flood and not joined:
        joined = _case_of_flood(comment)
    return _put(comment, Origin.HELD, urgency.of_held(comment), joined)


def report(comment):
    """Put a reported comment before the moderators, as urgently as all its waiting reports ask."""
    waiting = list(comment.reports.filter(outcome=""))
    return _put(comment, Origin.REPORTED, urgency.of_reports(waiting), comment.case_id)


def appeal(comment):
    """Put an appeal before the moderators."""
    return _put(comment, Origin.APPEALED, urgency.APPEALED, comment.case_id)


def settle(case_id):
    """Close the case if nothing in it waits any more, and open it again if something does."""
    if case_id is None:
        return
    case = Case.objects.select_for_update().get(pk=case_id)
    if not ReaderComment.objects.filter(case=case).waiting().exists():
        case.closed_at = timezone.now()
        case.leased_by = case.leased_until = case.asked = None
        case.question = ""
        case.save()
    elif case.closed_at:
        case.closed_at = None
        case.save(update_fields=["closed_at"])


def _case_of_flood(comment):
    """Return the open case with what came last from the same network, or else from the same person."""
    source = {"network": comment.network} if comment.network else {"person": comment.person}
    waiting = ReaderComment.objects.filter(**source, state=ReaderComment.State.HELD).exclude(pk=comment.pk)
    last = waiting.order_by("-pk").values_list("case", "case__closed_at", "checks").first()
    if last is None or last[1] is not None or not _is_flood(last[2]):
        return None
    return last[0]


def _is_flood(checks):
    return any(check["step"] == "flood" and check["decision"] == "hold" for check in checks)


def _put(comment, origin, how_urgent, joined):
    case = joined and Case.objects.select_for_update().open().filter(pk=joined).first()
    if not case:
        case = Case.objects.create(origin=origin, urgency=how_urgent)
    if comment.case_id != case.pk:
        comment.case = case
        ReaderComment.objects.filter(pk=comment.pk).update(case=case)
    if how_urgent > case.urgency:
        Case.objects.filter(pk=case.pk, urgency__lt=how_urgent).update(urgency=how_urgent)
    return case
