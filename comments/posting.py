"""How a reader's words become a comment: held for a letter's answer, or posted by an account."""

import hashlib
import json

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments.signals import comment_was_posted

from articles.addresses import absolute
from articles.mail import queue_mail
from articles.models import Article
from articles.prepared import prepared
from articles.ratelimit import mailbox_of
from comments import following, tokens
from comments.models import NotAnswerable, PendingComment, Person, ReaderComment, Thread
from comments.moderation import cases, chain, heat, likeness
from comments.moderation.folding import fold

NOT_FOUND = _("There is no such story.")
WITHDRAWN = _("The story has been withdrawn, so it takes no more comments.")
CLOSED = _("The conversation below this story is closed.")
EXPIRED = _("The link in our letter was good for three days, which are over. The comment was not published.")
FORGOTTEN = _("These words were deleted meanwhile, so nothing was published.")
ANSWERED_GONE = _("The comment that you answered is no longer there, so yours was not published.")


class Refused(Exception):
    """The words cannot be posted here; says why in a sentence for their writer."""

    def __init__(self, sentence, status=409, url=""):
        super().__init__(sentence)
        self.status = status
        self.url = url  # where the writer can do something about it


def open_story(article_id, account=None):
    """Return the story if it takes comments now. Raises Refused, as `open_thread` does."""
    return open_thread(article_id, account).article


def open_thread(article_id, account=None):
    """Return a story's thread, with the story, if it takes comments now. Raises Refused, with the status.

    The newsroom and experts may answer where a moderator, age or heat has closed it to readers.
    """
    article = next(_visible_story(article_id, timezone.now()), None)
    if article is None:
        if Article.objects.gone().filter(pk=article_id).exists():
            raise Refused(WITHDRAWN, status=410)
        raise Refused(NOT_FOUND, status=404)
    thread = Thread.objects.of(article)
    if why := why_closed(thread, account):
        raise Refused(why, status=403)
    return thread


@prepared
def _visible_story(key, at):
    stories = Article.objects.visible(at).filter(pk=key)
    return stories.select_related("section", "live_version").defer("live_version__body")


def why_closed(thread, account=None):
    """Return the sentence that says why nobody can write below a visible story; empty where they can."""
    if not thread.article.takes_comments:
        return str(CLOSED)
    if account and (account.is_staff or thread.expert_of(account)):
        return ""
    return thread.why_closed()


@transaction.atomic
def hold(article, *, name, email, text, reply_to, network="", **wishes):
    """Keep the words until their writer answers the letter that leaves in the same transaction.

    `wishes` are the letters that they want, named as on `PendingComment`.
    """
    PendingComment.objects.outdated().delete()
    pending = PendingComment.objects.create(
        article=article,
        name=name,
        email=email,
        text=text,
        reply_to=reply_to,
        network=network,
        **wishes,
    )
    called = Thread.objects.called(pending)
    # Neither the words nor the name: a letter must be no way to write to a stranger.
    letter = {
        "article": article,
        "called": called,
        "story_url": absolute(article.get_absolute_url()),
        "url": absolute(reverse("comments:confirmation", args=[tokens.confirmation_token(pending)])),
    }
    # Translators: called is comment, question, reply or answer
    subject = gettext("Publish your %(called)s") % {"called": called}
    queue_mail(
        email,
        subject,
        render_to_string("emails/confirm_comment.txt", letter),
        html=render_to_string("emails/confirm_comment.html", letter),
        headers={"Auto-Submitted": "auto-generated"},
    )
    return pending


def check_confirmable(pending):
    """Return the thread. Raises Refused if pressing the button could not publish these words any more."""
    if pending.is_expired:
        raise Refused(EXPIRED, status=410)
    return open_thread(pending.article_id)


@transaction.atomic
def confirm(pending, request=None):
    """Store what was held and return the comment; the second time, the same one. Raises Refused."""
    pending = next(_held_pending(pending.pk), None)
    if pending is None:
        raise Refused(FORGOTTEN, status=410)
    if pending.stored is None:
        thread, email = check_confirmable(pending), pending.email
        stored = _store(
            thread,
            request,
            parent_id=pending.reply_to_id or 0,
            user_name=pending.name,
            user_email=email,
            comment=pending.text,
            network=pending.network,
            wants_corrections=pending.wants_corrections,
        )
        pending.keep_as(stored)
        _follow(stored, pending, address=email)
    return pending.stored


@prepared
def _held_pending(key):
    return PendingComment.objects.select_for_update().filter(pk=key)


@transaction.atomic
def post(thread, account, *, name, text, reply_to, network="", request=None, **wishes):
    """Store a comment of a signed-in reader and return it. Raises Refused."""
    comment = _store(
        thread,
        request,
        parent_id=reply_to.pk if reply_to else 0,
        user=account,
        user_name=name,
        comment=text,
        network=network,
        wants_corrections=wishes.pop("wants_corrections", False),
    )
    _follow(comment, PendingComment(**wishes))
    return comment


def look(thread, text, *, account=None, network=""):
    """Ask the chain about words that are still being written; nothing is stored."""
    account = account if account and account.is_authenticated else None
    person = Person.objects.known(account) if account else None
    return chain.look(
        chain.Attempt(
            article=thread.article,
            thread=thread,
            text=text,
            person=person,
            account=account,
            network=network,
        )
    )


def _store(thread, request, **fields):
    """Save a comment, unless its writer said the same in the same place before: then return that one.

    So neither a second letter nor a repeated form doubles it, or brings back what was removed.
    The chain decides whether readers see it; it may also refuse.
    """
    comment = ReaderComment(article=thread.article, **fields)
    comment.person = Person.objects.of_writer(comment.user, comment.user_email)
    if said := said_before(comment):
        return _with_the_wish(said, comment)
    comment.fingerprint = fingerprint_of(comment)
    attempt = attempt_of(comment, thread, request)
    outcome = chain.decide(attempt)
    if outcome.refusal:
        raise Refused(outcome.refusal.reason, status=403, url=outcome.refusal.url)
    comment.state, comment.checks, comment.score = outcome.state, outcome.as_json(), attempt.score
    comment.badge, comment.expert = attempt.badge, attempt.expert
    if attempt.expert:
        comment.user_name = attempt.expert.name
    try:
        comment.save()
    except NotAnswerable as error:
        raise Refused(ANSWERED_GONE) from error
    except IntegrityError:
        return _with_the_wish(said_before(comment), comment)  # said twice in the same instant
    likeness.remember(comment, attempt.like)
    if comment.state == ReaderComment.State.HELD:
        cases.hold(comment, like=attempt.like, is_flood=outcome.is_flood)
    heat.look_at(comment.article)
    comment_was_posted.send(sender=ReaderComment, comment=comment, request=request)
    return comment


def attempt_of(comment, thread, request):
    """Return what the chain is asked for good: a comment about to be stored, or with new words."""
    return chain.Attempt(
        article=comment.article,
        thread=thread,
        text=comment.comment,
        person=comment.person,
        account=comment.user,
        network=comment.network,
        comment=comment,
        request=request,
    )


def _with_the_wish(existing, said_again):
    """Whoever repeats the words with the box ticked is written to; without it, nothing is taken back."""
    if said_again.wants_corrections and not existing.wants_corrections:
        ReaderComment.objects.filter(pk=existing.pk).update(wants_corrections=True)
        existing.wants_corrections = True
    return existing


def _follow(comment, wishes, *, address=""):
    """Keep what the writer wants to hear of, now that we know who it is."""
    if wishes.follows_replies:
        following.follow(comment.person, None, wishes.pace, address=address)
    if wishes.follows_story:
        following.follow(comment.person, comment.article, wishes.pace, address=address)


def said_before(comment):
    """Return another comment in which this writer says the same in the same place, or None.

    What they wrote from a mailbox counts after an account has claimed it, and the other way round.
    """
    same = [fingerprint_of(comment, writer) for writer in _writers(comment)]
    return next(_with_fingerprint(same, comment.pk or 0), None)


@prepared
def _with_fingerprint(fingerprints, without):
    return ReaderComment.objects.filter(fingerprint__in=fingerprints).exclude(pk=without)[:1]


def fingerprint_of(comment, writer=None):
    answered = 0 if comment.parent_id == comment.pk else comment.parent_id
    writer = writer or writer_of(comment.user_id, comment.user_email)
    return fingerprint(comment.article_id, answered, writer, comment.comment)


def fingerprint(article_id, answered_id, writer, text):
    """Return by what the same words of the same writer in the same place are known; 0 answers nobody.

    Words are the same whatever their case, accents, look-alike letters and white space.
    """
    words = "".join(fold(text).split())
    return hashlib.sha256(json.dumps([article_id, answered_id, writer, words]).encode()).hexdigest()


def writer_of(account_id, email):
    """Return by what a fingerprint knows a writer: the account, or else the mailbox."""
    return f"account {account_id}" if account_id else mailbox_of(email)


def _writers(comment):
    """Return all by which fingerprints may know this writer: the account, each mailbox it claimed."""
    writers, person = {writer_of(comment.user_id, comment.user_email)}, comment.person
    if person:
        mailboxes = (absorbed.mailbox for absorbed in _absorbed(person.pk))
        writers |= {person.user_id and writer_of(person.user_id, ""), person.mailbox, *mailboxes}
    return filter(None, writers)


@prepared
def _absorbed(person):
    return Person.objects.filter(merged_into=person).only("mailbox")
