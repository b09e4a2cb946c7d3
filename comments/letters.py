"""What the writer of a comment is told by letter: that it was removed, is there, that they were warned …

Each leaves ten seconds after the act, so that an undo can call it back. No words of a comment and no
moderator's name stand in it: a letter can be forwarded, and outlives a removal.
"""

import logging
import re

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.addresses import absolute
from articles.mail import queue_mail
from articles.models import Article
from articles.zones import day_of, hour_of
from comments import tokens
from comments.models import Appeal, ReaderComment, Sanction, Thread
from comments.moderation.undo_time import UNDO_FOR

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ONE_CLICK = "List-Unsubscribe=One-Click"  # RFC 8058

STANDS = {
    ReaderComment.State.PUBLISHED: gettext_lazy("It is published again."),
    ReaderComment.State.HELD: gettext_lazy("It waits again, and a moderator looks at it once more."),
    ReaderComment.State.REMOVED: gettext_lazy("It is removed again: %(reason)s."),
}

logger = logging.getLogger(__name__)


def tell_removed(act):
    """Tell its writer that a comment was removed, by which guideline, and where to appeal."""
    letter = {"guideline": act.get_reason_display(), "has_words": hasattr(act, "words_to_writer")}
    # Translators: called is comment, question, reply or answer
    subject = _("Your %(called)s was removed")
    _write_about(act.comment, "comment_removed", subject, letter, act.pk)


def tell_published(act):
    """Tell its writer that a comment which waited or was removed is there. Of any other, nothing."""
    before = (act.before or {}).get("state")
    if before not in (ReaderComment.State.HELD, ReaderComment.State.REMOVED):
        return
    letter = {"is_back": before == ReaderComment.State.REMOVED}
    # Translators: called is comment, question, reply or answer
    subject = _("Your %(called)s is back") if letter["is_back"] else _("Your %(called)s is published")
    _write_about(act.comment, "comment_published", subject, letter, act.pk)


def tell_warned(sanction):
    """Tell a person that a moderator has warned them, and where to say that they have read it."""
    url = absolute(reverse("comments:warning", args=[tokens.warning_token(sanction)]))
    _write_of(sanction, "comment_warning", _("A moderator has warned you"), {"url": url})


def tell_suspended(sanction):
    """Tell a person that they are suspended or banned, why and until when. Of a network, nobody."""
    end = sanction.ends_at and timezone.localtime(sanction.ends_at)
    letter = {
        "banned": sanction.kind == Sanction.Kind.BAN,
        "end": f"{day_of(end)}, {hour_of(end)}" if end else "",
    }
    _write_of(sanction, "comment_suspension", _("You cannot comment for a while"), letter)


def tell_taken_back(act):
    """Tell the writer how a comment stands whose earlier letter, about `act.undoes`, had left."""
    stands = STANDS[act.comment.state] % {"reason": act.comment.get_removal_reason_display()}
    # Translators: called is comment, question, reply or answer
    subject = _("A decision about your %(called)s was taken back")
    _write_about(act.comment, "comment_taken_back", subject, {"stands": stands}, act.pk)


def tell_ended(sanction, act):
    """Tell a person that they can comment again before the time that they were told."""
    if sanction.person is not None:
        letter = {"sanction": sanction}
        subject = _("You can comment again")
        _queue(sanction.person.address, "comment_sanction_ended", subject, letter, act.pk)


def tell_appeal_decided(appeal, act):
    """Tell the writer what became of an appeal; `act` is the row of the decision."""
    letter = {"appeal": appeal, "overturned": appeal.outcome == Appeal.Outcome.OVERTURNED}
    _write_about(appeal.comment, "appeal_decided", _("Your appeal is decided"), letter, act.pk)


def in_one_line(text):
    """Return `text` as a subject can hold it."""
    return " ".join(CONTROL.sub(" ", text).split())


def status_url(comment):
    """Return the address at which the writer of a comment reads what became of it."""
    return absolute(reverse("comments:status", args=[tokens.status_token(comment)]))


def _write_about(comment, name, subject, letter, act_pk):
    """Queue a letter; its subject may name what was written as `%(called)s`."""
    called = Thread.objects.called(comment)
    visible = Article.objects.visible().select_related("live_version")
    letter |= {
        "article": visible.filter(pk=comment.article_id).first(),  # none that was withdrawn is named
        "status_url": status_url(comment),
        "called": called,
    }
    _queue(comment.letters_go_to, name, subject % {"called": called}, letter, act_pk)


def _write_of(sanction, name, subject, letter):
    if sanction.person is not None:
        _queue(sanction.person.address, name, subject, letter | {"sanction": sanction}, sanction.act_id)


def _queue(address, name, subject, letter, act_pk):
    if not address:
        return
    try:
        queue_mail(
            address,
            subject,
            render_to_string(f"emails/{name}.txt", letter),
            html=render_to_string(f"emails/{name}.html", letter),
            headers={"Auto-Submitted": "auto-generated"},
            after=UNDO_FOR,
            about=f"act {act_pk}",  # as moderation/acts/record.py names the matter
        )
    except ValidationError:  # an account may hold what is no address; the act stands all the same
        logger.warning("The letter about act %s has no address to go to", act_pk)
