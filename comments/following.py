"""What do readers hear by mail of new comments: at once or once a day, each comment once.

When readers first see a comment that somebody waits for, its transaction adds one row, an
`Announcement`, and a task that makes the worker look at once. Letters are written in batches. Each is
a transaction that holds the announcement, gives letters to the outbox (or entries to the daily
digests) and moves `reached` ahead: killed in the middle it leaves nothing behind, and
`write_unfinished` (run every minute) goes on from there. A daily letter takes its entries with it.
A comment that a moderator lets pass late is announced then, since the act that shows it adds the row:
once the act can no longer be undone in passing, so that no letter leads to what is hidden again. One
that was hidden and is shown anew is announced anew, to those whom `reached` says no letter has told;
one that a moderator removed is kept in mind for as long as what was announced.

A letter names who wrote and where, never the words: what is in a mailbox stays readable when the
comment is removed.
"""

import logging
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from articles.addresses import absolute
from articles.mail import queue_mail
from comments import tokens
from comments.letters import ONE_CLICK, in_one_line
from comments.models import (
    Announcement,
    DigestEntry,
    Following,
    ModerationAct,
    PendingFollowing,
    Person,
    ReaderComment,
)
from comments.moderation.undo_time import UNDO_FOR

BATCH = 100
DAILY_AT = time(7)  # in the site's zone
MOST_IN_A_LETTER = 50
KEPT_FOR = timedelta(days=30)  # what was announced, and what was stopped: its letters still name it

Pace = Following.Pace
# Of what stands so a moderator may still let readers see it: its letters wait.
HIDDEN_FOR_NOW = (ReaderComment.State.HELD, ReaderComment.State.REMOVED)
logger = logging.getLogger(__name__)


@transaction.atomic
def follow(person, article, pace, *, address=""):
    """Write to this person about a story's comments, or with None about replies to their own."""
    wish = {"pace": pace, "stopped_at": None, "address": "" if person.user_id else address}
    return Following.objects.update_or_create(person=person, article=article, defaults=wish)[0]


@transaction.atomic
def stop(following):
    """Write no more letters of this kind. A second time does nothing."""
    Following.objects.filter(pk=following.pk, stopped_at=None).update(stopped_at=timezone.now())
    DigestEntry.objects.filter(following=following.pk).delete()


@transaction.atomic
def ask(article, email, pace):
    """Send the letter by which a mailbox says that it wants to follow; the same for every address."""
    wish = PendingFollowing.objects.create(article=article, email=email, pace=pace)
    letter = {
        "article": article,
        "story_url": absolute(article.get_absolute_url()),
        "url": absolute(reverse("comments:follow_confirmation", args=[tokens.follow_token(wish)])),
    }
    queue_mail(
        email,
        _("Follow a conversation"),
        render_to_string("emails/confirm_following.txt", letter),
        html=render_to_string("emails/confirm_following.html", letter),
        headers={"Auto-Submitted": "auto-generated"},
    )


@transaction.atomic
def confirm(wish):
    """Begin to write. Pressed again, nothing happens, so nothing that was stopped begins anew."""
    if PendingFollowing.objects.filter(pk=wish.pk, confirmed_at=None).update(confirmed_at=timezone.now()):
        follow(Person.objects.of_writer(email=wish.email), wish.article, wish.pace, address=wish.email)


def announce(comment, as_stored, **kwargs):
    """Receives `comment_published`, inside the transaction of the act."""
    if Following.objects.is_any_concerned(comment):
        now = timezone.now()
        owed = {"at": now, "finished_at": None}
        announcement = Announcement.objects.update_or_create(comment=comment, defaults=owed)[0]
        write = write_in_background.using(run_after=None if as_stored else now + UNDO_FOR)
        write.enqueue(announcement.pk)


@task()
def write_in_background(announcement_pk):
    """Write one batch and hand the rest to the next task, so that no letter that is waited for waits long."""
    if write_batch(announcement_pk):
        write_in_background.enqueue(announcement_pk)


def write_unfinished():
    """Go on with announcements whose task was lost. One that cannot be written holds up no other.

    One whose comment was held again or removed waits, as a moderator may still let readers see it.
    """
    unfinished = Announcement.objects.filter(finished_at=None).exclude(comment__state__in=HIDDEN_FOR_NOW)
    _each(unfinished.order_by("pk").values_list("pk", flat=True)[:BATCH], write_batch)


@transaction.atomic
def write_batch(announcement_pk):
    """Write the next letters about a comment; return whether more may be owed and can be written now.

    Whoever comes meanwhile waits here, and writes no letter twice.
    """
    announcement = Announcement.objects.select_for_update().get(pk=announcement_pk)
    if announcement.finished_at or _waits_for_moderators(announcement.comment_id):
        return False
    comment = _shown(ReaderComment.objects.filter(pk=announcement.comment_id)).first()
    waiting = _next_waiting(comment, announcement) if comment else []
    twice = _told_otherwise(comment, announcement) if waiting and comment.is_reply else None
    for following in waiting:
        if following.pk == twice:
            continue
        if following.pace == Pace.DAILY:
            DigestEntry.objects.create(following=following, comment=comment)
        else:
            _queue_letter(following, [comment])
    if waiting:
        announcement.reached = waiting[-1].pk
    if len(waiting) < BATCH:
        announcement.finished_at = timezone.now()
    announcement.save()
    return announcement.finished_at is None


def write_daily(now=None):
    """Write the daily letters that have fallen due: all that came before seven in the morning."""
    keys = _due_entries(now).order_by().values_list("following", flat=True).distinct()
    while batch := list(keys.order_by("following")[:BATCH]):
        if not _each(batch, lambda key: write_digest(key, now)):
            return  # the next hour tries again


@transaction.atomic
def write_digest(following_pk, now=None):
    """Write one daily letter, and take its entries away with it."""
    following = Following.objects.select_for_update().get(pk=following_pk)
    numbers = list(_due_entries(now).filter(following=following).values_list("comment", flat=True))
    comments = list(_shown(ReaderComment.objects.filter(pk__in=numbers)).order_by("published_at", "pk"))
    if comments and following.stopped_at is None:
        _queue_letter(following, comments)
    DigestEntry.objects.filter(following=following, comment__in=numbers).delete()


def forget_old():
    """Forget what was announced, stopped or never confirmed."""
    before = timezone.now() - KEPT_FOR
    Announcement.objects.filter(finished_at__lt=before).delete()
    hidden = Announcement.objects.filter(finished_at=None, comment__state__in=HIDDEN_FOR_NOW)
    hidden.filter(at__lt=before).delete()
    DigestEntry.objects.filter(at__lt=before, comment__state__in=HIDDEN_FOR_NOW).delete()
    Following.objects.filter(stopped_at__lt=before).delete()
    PendingFollowing.objects.filter(created_at__lt=timezone.now() - PendingFollowing.KEPT_FOR).delete()


def _each(keys, write):
    """Call `write` for each key until it has nothing left; return whether any call succeeded."""
    succeeded = False
    for key in keys:
        try:
            while write(key):
                pass
            succeeded = True
        except Exception as error:  # never its text, which may hold an address
            logger.error("%s of %s failed: %s", write.__name__, key, type(error).__name__)
    return succeeded


def _shown(comments):
    """Those that readers see now, with what a letter names of them."""
    return comments.published().below_visible_stories().select_related("article__live_version")


def _waits_for_moderators(comment_pk):
    """Whether readers do not see it, or a moderator may still undo what let it pass."""
    approvals = ModerationAct.objects.filter(
        comment=comment_pk, act=ModerationAct.Act.APPROVE, undone_by=None
    )
    just_approved = approvals.filter(at__gt=timezone.now() - UNDO_FOR)
    hidden = ReaderComment.objects.filter(pk=comment_pk, state__in=HIDDEN_FOR_NOW)
    return hidden.exists() or just_approved.exists()


def _due_entries(now):
    """What the daily letters tell next. What is hidden stays, as a moderator may still show it."""
    before = _last_daily(now or timezone.now())
    return DigestEntry.objects.filter(at__lt=before).exclude(comment__state__in=HIDDEN_FOR_NOW)


def _concerned(comment, announcement):
    """Those who wait for the comment and did so when it came."""
    waiting = Following.objects.concerned(comment).filter(created_at__lte=announcement.at)
    return waiting.select_related("person__user", "article__live_version")


def _next_waiting(comment, announcement):
    waiting = _concerned(comment, announcement).filter(pk__gt=announcement.reached)
    return list(waiting.order_by("pk")[:BATCH])


def _told_otherwise(comment, announcement):
    """Whoever follows both the story and replies hears of a reply once: the sooner way. Return the other."""
    answered = ReaderComment.objects.filter(pk=comment.parent_id).values("person")
    ways = list(_concerned(comment, announcement).filter(person__in=answered))
    ways.sort(key=lambda following: (following.pace != Pace.NOW, following.article_id is not None))
    return ways[1].pk if len(ways) > 1 else None


def _last_daily(now):
    """Return the last seven o'clock in the morning."""
    local = timezone.localtime(now)
    today = datetime.combine(local.date(), DAILY_AT, tzinfo=local.tzinfo)
    return (
        today
        if today <= local
        else datetime.combine(local.date() - timedelta(days=1), DAILY_AT, tzinfo=local.tzinfo)
    )


def _queue_letter(following, comments):
    if not following.letters_go_to:
        return
    stop_url = absolute(reverse("comments:no_more_news", args=[tokens.following_token(following)]))
    replies, first = following.article_id is None, comments[0]
    letter = {
        "replies": replies,
        "news": [(comment, absolute(comment.get_absolute_url())) for comment in comments[:MOST_IN_A_LETTER]],
        "more": max(0, len(comments) - MOST_IN_A_LETTER),
        "article": first.article,
        "story_url": absolute(first.article.get_absolute_url()),
        "stop_url": stop_url,
    }
    about = {"story": in_one_line(first.article.headline)}
    try:
        queue_mail(
            following.letters_go_to,
            _subject(replies, len(comments)) % about,
            render_to_string("emails/new_comments.txt", letter),
            html=render_to_string("emails/new_comments.html", letter),
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": ONE_CLICK,
            },
            waited_for=False,
        )
    except ValidationError:  # an account may hold what is no address; the others get their letters
        logger.warning("Following %s has an address that takes no letter", following.pk)


def _subject(replies, count):
    if replies:
        return _("Replies to you") if count > 1 else _("A reply to you")
    return _("New comments: %(story)s") if count > 1 else _("New comment: %(story)s")


def kept_about(owner):
    """Return what a person follows, as data for them."""
    followings = Following.objects.filter(person__in=owner.people).select_related("article")
    return [
        {
            "story": following.article.slug if following.article_id else "",
            "pace": following.pace,
            "since": following.created_at,
            "stopped": following.stopped_at,
        }
        for following in followings
    ]


def forget_owner(owner):
    """Forget what a person follows, and what was asked for from their mailboxes."""
    Following.objects.filter(person__in=owner.people).delete()
    owner.rows_of(PendingFollowing.objects, "email").delete()
