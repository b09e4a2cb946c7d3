"""What the hub of our feeds is told (WebSub): that one of them reads otherwise, soon after it does.

The journal of changes (`articles.kept.marks`) and the clock say which feeds may read otherwise. Each of these
is made, and the hub told of those whose bytes are others than the last time. So it is told of nothing that
readers cannot see: a draft, an embargo or a story to come changes no byte of any feed.

The row is the truth, one for each feed (`HubPing`), however often it changed. A task looks a moment after an
act, and at the hour of a scheduled story; `look`, run every minute, finds whatever was changed otherwise, or
whose task was lost. The hub costs nobody who publishes anything: a worker tells it, for a bounded time, again
with growing pauses, and gives up after a day.
"""

import logging
import time
from datetime import timedelta
from hashlib import blake2b
from urllib.error import HTTPError
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from articles.addresses import absolute
from articles.feed_formats import FORMATS
from articles.kept import subjects
from articles.mail import IN_ITS_TURN
from articles.models import Article, Author, Change, HubLook, HubPing, Section, Topic
from articles.outbox import claim
from articles.outside import FAILURES, post

SETTLES = timedelta(seconds=2)  # what changes meanwhile is told with it
PAUSES = [timedelta(minutes=m) for m in (1, 2, 5, 10, 30, 60, 120)]  # the last one again and again
GIVES_UP_AFTER = timedelta(days=1)
TIMEOUT_S = 5
ROUND_S = 20  # for so long at most a worker tells the hub, while letters wait
MOST_AT_ONCE = 500
HOME, CORRECTIONS = "articles:home", "articles:corrections"
PLACES = {subjects.STORIES: HOME, subjects.CORRECTIONS: CORRECTIONS}
NOUNS = {"section": Section, "topic": Topic, "author": Author}

logger = logging.getLogger(__name__)


@receiver(post_save, sender=Article, dispatch_uid="articles.hub")
def look_soon(instance, created, raw=False, **kwargs):
    """Look once readers see what was done to this story: in a moment, or when its hour comes."""
    states = (Article.State.PUBLISHED, Article.State.WITHDRAWN)
    if not settings.WEBSUB_HUB or raw or created or instance.state not in states:
        return
    at = max(timezone.now(), instance.published_at) + SETTLES
    waiting = DBTaskResult.objects.filter(
        task_path=look_in_background.module_path,
        status=TaskResultStatus.READY,
        run_after__range=(at - SETTLES, at),
    )
    if not waiting.exists():
        look_in_background.using(run_after=at).enqueue()


@task(priority=IN_ITS_TURN)
def look_in_background():
    look()
    _tell_and_go_on()


@task(priority=IN_ITS_TURN)
def tell_in_background():
    _tell_and_go_on()


def look():
    """Write down of which feeds the hub has to be told."""
    if not settings.WEBSUB_HUB:
        return
    now, position = timezone.now(), Change.objects.position()
    last = HubLook.objects.filter(pk=1).first()
    if last is None:  # what feeds say before the first look is no news
        perhaps, surely = [HOME, CORRECTIONS, *Section.objects.all()], []
        following = position.next
    else:
        # In a database that was restored elsewhere the journal may have begun anew.
        begin = min(last.next, position.next)
        changes, following = Change.objects.since(begin)
        following = max(following, begin)  # while older transactions run PostgreSQL would begin before
        changed = {subject for _, subject, _ in changes}
        perhaps = _named(changed)
        surely = _of_stories(_numbers(changed, "story"), last.at, now)
    surely = _feeds(surely)
    digests = {path: _digest(path) for path in surely | _feeds(perhaps)}
    _note({path: digest for path, digest in digests.items() if digest}, surely, now)
    HubLook.objects.update_or_create(pk=1, defaults={"next": following, "at": now})


def tell_hub():
    """Tell the hub what it has to be told. Return whether more is left for which it can be had."""
    if not settings.WEBSUB_HUB:
        return False
    until = time.monotonic() + ROUND_S
    due = HubPing.objects.filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at")
    for pk in due.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        if time.monotonic() > until:
            return True
        if not _tell(pk):
            return False  # where the hub is away, one feed is enough to know it
    return False


def _tell_and_go_on():
    """Leave what is too much to the next task: letters go between the two."""
    if tell_hub():
        tell_in_background.enqueue()


def _named(changed):
    """Return what has a feed that may read otherwise, by what the journal says of lists.

    It does not have to: a list is marked as changed as soon as a story is scheduled for it.
    """
    found = [place for subject, place in PLACES.items() if subject in changed]
    for name, model in NOUNS.items():
        found += model.objects.filter(pk__in=_numbers(changed, name))
    return found


def _of_stories(changed, since, now):
    """Return in whose feeds stories stand that changed or came out, and that readers see or saw."""
    came_out = Article.objects.visible(now).filter(published_at__gt=since).order_by("-published_at")
    keys = {*changed, *came_out.values_list("pk", flat=True)[:MOST_AT_ONCE]}
    stories = Article.objects.filter(pk__in=keys).select_related("section")
    found = {}
    for story in stories.prefetch_related("topics", "authors"):
        if story.was_ever_public:
            found |= dict.fromkeys([story.section, *story.topics.all(), *story.authors.all()])
            if not story.section.is_brief:
                found[HOME] = None
    return list(found)


def _numbers(changed, name):
    """Return the keys of those of one kind that changed. Where more did, an archive is being loaded."""
    keys = (subject.removeprefix(f"{name}:") for subject in changed if subject.startswith(f"{name}:"))
    return sorted(map(int, keys), reverse=True)[:MOST_AT_ONCE]


def _feeds(places):
    """Return the addresses of the feeds of nouns, and of pages given by their names."""
    found = [reverse(place) if isinstance(place, str) else place.get_absolute_url() for place in places]
    return {f"{place}feed.{form}" for place in found for form in FORMATS}


def _digest(path):
    """Return what tells this state of a feed from every other; None where there is no such feed."""
    view, args, kwargs = resolve(path)
    request = HttpRequest()
    request.method, request.path = "GET", path
    try:
        answer = view(request, *args, **kwargs)
    except Http404:
        return None
    except Exception:
        logger.exception("The feed %s could not be made, so the hub is not told of it", path)
        return None
    return blake2b(answer.content, digest_size=16).hexdigest()


@transaction.atomic
def _note(digests, surely, now):
    """Write down what feeds say now. Of one that was never looked at, it is news only where that is sure."""
    known = {ping.path: ping for ping in HubPing.objects.select_for_update().filter(path__in=digests)}
    owed = {"attempts": 0, "changed_at": now, "next_attempt_at": now}
    for path, digest in digests.items():
        if path not in known:
            told = {"digest": digest, **(owed if path in surely else {})}
            HubPing.objects.get_or_create(path=path, defaults=told)
        elif known[path].digest != digest:
            HubPing.objects.filter(path=path).update(digest=digest, **owed)


def _tell(pk):
    """Tell the hub of one feed if that is due. Return False if the hub is not to be had."""
    ping = claim(HubPing.objects, pk, PAUSES)
    if ping is None:
        return True
    address = absolute(ping.path)
    told = urlencode({"hub.mode": "publish", "hub.url": address, "hub.topic": address})
    try:
        post(settings.WEBSUB_HUB, told.encode(), seconds=TIMEOUT_S)
    except FAILURES as error:
        _note_failure(ping, error)
        return isinstance(error, HTTPError)
    # What changed while we were telling it has to be told again.
    said = HubPing.objects.filter(pk=pk, changed_at=ping.changed_at)
    said.update(next_attempt_at=None, last_error="")
    return True


def _note_failure(ping, error):
    reason = f"{type(error).__name__} {getattr(error, 'code', '')}".strip()
    changes = {"last_error": reason}
    if timezone.now() - ping.changed_at >= GIVES_UP_AFTER:
        changes["next_attempt_at"] = None
    HubPing.objects.filter(pk=ping.pk, changed_at=ping.changed_at).update(**changes)
    logger.warning("The hub was not told of %s, attempt %s: %s", ping.path, ping.attempts, reason)
