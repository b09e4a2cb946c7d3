"""Publication: the draft becomes a version that nobody can change, and what readers see."""

from django.db import transaction
from django.utils import timezone

from articles import gate
from articles.models import Article, LogEntry, Recall, Version
from articles.publishing.drafts import begin_draft
from articles.publishing.holding import NotReady, WrongState, hold, words_of
from articles.signals import version_published

Act, Kind, State = LogEntry.Act, Version.Kind, Article.State
EVERYTHING = object()  # for `acknowledged`: whatever the gate asks; for archives and tests


class NotAcknowledged(Exception):
    """The gate found what somebody has to say yes to first: `findings`."""

    def __init__(self, findings):
        super().__init__(" ".join(finding.sentence for finding in findings))
        self.findings = findings


@transaction.atomic
def publish(article, by, *, acknowledged=(), now=None):
    """Show the draft to readers, from now on. `acknowledged` has the keys of findings that got a yes."""
    hold(article, by, "publish_article")
    now = now or timezone.now()
    return publish_first(article, by, at=now, acknowledged=acknowledged, now=now)


@transaction.atomic
def update(article, by, *, note, acknowledged=(), now=None):
    """Replace what readers see because more is known."""
    hold(article, by, "update_article")
    return _replace(article, by, Kind.UPDATE, note, acknowledged=acknowledged, now=now)


@transaction.atomic
def restyle(article, by, *, acknowledged=(), now=None):
    """Replace what readers see by other words for the same: no note, no new date."""
    hold(article, by, "update_article")
    return _replace(article, by, Kind.STYLE, "", acknowledged=acknowledged, now=now)


@transaction.atomic
def clarify(article, by, *, note, at_foot=False, acknowledged=(), now=None):
    """Replace what readers see because it could be misunderstood; the note stands on the story."""
    hold(article, by, "clarify_article")
    told = {"note": note, "at_foot": at_foot}
    return _replace(article, by, Kind.CLARIFICATION, **told, acknowledged=acknowledged, now=now)


@transaction.atomic
def correct(article, by, *, note, at_foot=False, acknowledged=(), now=None):
    """Replace what readers see because it was wrong; the note stands on the story, at head or foot."""
    hold(article, by, "correct_article")
    told = {"note": note, "at_foot": at_foot}
    return _replace(article, by, Kind.CORRECTION, **told, acknowledged=acknowledged, now=now)


def publish_first(article, by, *, at, acknowledged, now):
    """Publish a story that no reader has seen yet, from `at` on. The caller holds the story."""
    if article.state not in Article.BEFORE_PUBLICATION and not article.is_scheduled_at(now):
        raise WrongState("Only a story that readers have not seen yet can be published for the first time.")
    if article.is_scheduled_at(now):
        Recall.objects.create(version=article.live_version, by=by, at=now)
        if article.draft is None:  # the same words, at another hour
            begin_draft(article, by, now, same_words=True)
    version = _seal(article, by, Kind.FIRST, at=at, acknowledged=acknowledged, now=now)
    article.state = State.PUBLISHED
    article.published_at = article.changed_at = at
    article.save()
    act = Act.SCHEDULE if at > now else Act.PUBLISH
    LogEntry.record(act, by, article=article, version=version, now=now)
    return version


ACTS = {
    Kind.STYLE: Act.STYLE,
    Kind.UPDATE: Act.UPDATE,
    Kind.CLARIFICATION: Act.CLARIFY,
    Kind.CORRECTION: Act.CORRECT,
}


def _replace(article, by, kind, note, *, at_foot=False, acknowledged, now):
    now = now or timezone.now()
    if article.state != State.PUBLISHED or article.is_scheduled_at(now):
        raise WrongState("Only a story that readers see can be updated.")
    if kind not in Version.NEEDS_NO_NOTE:
        note = words_of(note, f"Say in a public note what this {kind.label} changes.")
    version = _seal(article, by, kind, note=note, at_foot=at_foot, at=now, acknowledged=acknowledged, now=now)
    if kind != Kind.STYLE:
        article.changed_at = now
    if kind == Kind.CORRECTION:
        article.corrected_at = now
    article.save()
    LogEntry.record(ACTS[kind], by, article=article, version=version, note=note, now=now)
    version_published.send(sender=Article, article=article, version=version)
    return version


def _seal(article, by, kind, *, note="", at_foot=False, at, acknowledged, now):
    """Turn the draft into the live version. From here on the row is final."""
    findings = _passed(article, by, at, acknowledged)
    version = article.draft
    version.number = article.versions.sealed().count() + 1
    version.kind, version.note, version.note_stands_at_foot = kind, note, at_foot
    version.findings, version.embargo_until = findings, article.embargo_until
    version.published_by, version.published_at, version.sealed_at = by, at, now
    version.save()
    article.live_version, article.draft = version, None
    return version


def _passed(article, by, at, acknowledged):
    """Return what the gate found, as the version keeps it. Raises NotReady or NotAcknowledged."""
    if article.draft is None:
        raise NotReady(["There is no draft: nothing has been changed since the last publication."])
    findings = gate.findings(article, by=by, at=at)
    blocking = [finding.sentence for finding in findings if finding.level == gate.Level.BLOCKS]
    if blocking:
        raise NotReady(blocking)
    asking = [finding for finding in findings if finding.level == gate.Level.ASKS]
    if acknowledged is not EVERYTHING:
        unanswered = [finding for finding in asking if finding.key not in acknowledged]
        if unanswered:
            raise NotAcknowledged(unanswered)
    return [finding.as_kept() for finding in findings]
