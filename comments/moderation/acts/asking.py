from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from articles.addresses import absolute
from articles.mail import queue_mail
from comments.models import Case, ModerationAct
from comments.moderation.acts.record import AlreadyDecided, check_right, matter, record
from comments.moderation.undo_time import UNDO_FOR


@transaction.atomic
def ask(case, by, colleague, question, *, now=None):
    """Ask a colleague about a case, which stays open to all; the question stands on its card."""
    check_right(by)
    case = Case.objects.select_for_update().get(pk=case.pk)
    first = case.comments.waiting().order_by("pk").first()
    if case.closed_at or first is None:
        raise AlreadyDecided(ModerationAct.objects.filter(comment__case=case).select_related("by").first())
    case.asked, case.question = colleague, question.strip()
    case.leased_by = case.leased_until = None
    case.save()
    act = record(ModerationAct.Act.ASK, by, comment=first, now=now)
    if colleague.email:
        letter = {"url": absolute(reverse("moderation:case", args=[case.pk])), "asker": by}
        queue_mail(
            colleague.email,
            "A question about a comment",
            render_to_string("emails/colleague_asked.txt", letter),
            html=render_to_string("emails/colleague_asked.html", letter),
            headers={"Auto-Submitted": "auto-generated"},
            after=UNDO_FOR,
            about=matter(act),
        )
    return act
