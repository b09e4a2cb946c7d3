from math import ceil

from django.conf import settings
from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import body as bodies
from articles.models.ledger import Chained
from articles.querysets import VersionQuerySet

# The mean for silent reading of English non-fiction in Brysbaert (2019),
# https://doi.org/10.1016/j.jml.2019.104047.
WORDS_A_MINUTE = 238


class PublishedVersionIsFinal(Exception):
    """Somebody tried to change or delete what readers have seen."""


class Version(Chained):
    """What a story says. A draft until it is sealed; sealed, it is never changed or deleted.

    This class refuses politely; triggers in the database (see `protection`) refuse everybody else.
    """

    class Kind(models.TextChoices):
        # Translators: a kind of version, a noun.
        FIRST = "first", _("first publication")
        # Translators: a kind of version: nothing but words changed, not what they say.
        STYLE = "style", _("change of style")
        # Translators: a kind of version, a noun: news was added to the story.
        UPDATE = "update", _("update")
        # Translators: a kind of version, a noun: the story could be misunderstood.
        CLARIFICATION = "clarification", _("clarification")
        # Translators: a kind of version, a noun: the story was wrong.
        CORRECTION = "correction", _("correction")

    FINAL = models.Q(sealed_at__isnull=False)
    # Said as the index says it: SQLite does not see that `IN (?, ?)` asks for the same.
    HAS_PUBLIC_NOTE = models.Q(kind=Kind.CORRECTION) | models.Q(kind=Kind.CLARIFICATION)
    NEEDS_NO_NOTE = (Kind.FIRST, Kind.STYLE)
    LEDGER_FIELDS = (
        "article_id",
        "number",
        "headline",
        "standfirst",
        "dateline",
        "body",
        "caption",
        "sources",
        "kind",
        "note",
        "note_stands_at_foot",
        "findings",
        "embargo_until",
        "written_by_id",
        "published_by_id",
        "created_at",
        "saved_at",
        "sealed_at",
        "published_at",
    )

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(null=True, editable=False)
    headline = models.CharField(max_length=200, blank=True)
    standfirst = models.TextField(max_length=500, blank=True)
    dateline = models.CharField(
        max_length=80, blank=True, help_text="Where the report comes from: Pyongyang/Moscow."
    )
    body = bodies.BodyField(blank=True)
    caption = models.CharField(
        max_length=300, blank=True, help_text="For this story; with none, the picture's own caption stands."
    )
    sources = models.JSONField(
        default=list, blank=True, help_text="What the report rests on: {name, address, note} each."
    )
    pictures = models.ManyToManyField(
        "Picture", through="PictureInVersion", related_name="versions", editable=False
    )
    word_count = models.PositiveIntegerField(default=0, editable=False)

    kind = models.CharField(max_length=13, choices=Kind, default=Kind.FIRST)
    note = models.TextField(max_length=1000, blank=True)
    note_stands_at_foot = models.BooleanField(default=False)
    findings = models.JSONField(default=list, editable=False)
    embargo_until = models.DateTimeField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        default_permissions = ["view"]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(kind="correction") | models.Q(kind="clarification"),
                name="version_public_notes",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(number__isnull=True), name="version_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, sealed_at__isnull=True, published_at__isnull=True)
                | models.Q(number__isnull=False, sealed_at__isnull=False, published_at__isnull=False),
                name="version_draft_or_sealed",
            ),
            models.CheckConstraint(
                condition=models.Q(embargo_until__isnull=True)
                | models.Q(published_at__isnull=True)
                | models.Q(published_at__gte=models.F("embargo_until")),
                name="version_not_before_embargo",
            ),
        ]

    def __str__(self):
        return f"{self.headline or '(no headline yet)'} · {self.label}"

    def save(self, **kwargs):
        self._refuse_if_final()
        self.body = bodies.with_block_ids(bodies.clean(self.body), previous=self._earlier_body())
        self.word_count = bodies.count_words(self.body)
        if self.is_final:
            self.take_place_in_ledger()
        super().save(**kwargs)
        self._touch_story(self.sealed_at or self.saved_at)
        tokens = bodies.picture_tokens(self.body)
        self.pictures.set(type(self).pictures.field.related_model.objects.filter(token__in=tokens))

    def delete(self, **kwargs):
        self._refuse_if_final()
        return super().delete(**kwargs)

    @property
    def mark(self):
        """What tells this state of the story's words from every other; a save says on which it builds."""
        return f"{self.pk}.{self.revision}.{self.label}"

    @property
    def label(self):
        return f"version {self.number}" if self.number else "draft"

    @property
    def is_final(self):
        return self.sealed_at is not None

    @property
    def reading_minutes(self):
        return max(1, ceil(self.word_count / WORDS_A_MINUTE))

    def writers(self):
        """Return the keys of the accounts whose words are in this version and were in none that readers saw.

        Words that were set aside count from when they were merged; those of a schedule that was called off
        go on in the draft after it.
        """
        if not self.pk:
            return {self.written_by_id}
        earlier = type(self).objects.filter(article_id=self.article_id).exclude(pk=self.pk)
        seen = earlier.sealed().filter(recall__isnull=True, pk__lt=self.pk).order_by("-pk").values("pk")[:1]
        unseen = earlier.filter(recall__isnull=False, pk__lt=self.pk, pk__gt=Coalesce(Subquery(seen), 0))
        texts = [self.pk, *unseen.values_list("pk", flat=True)]
        revisions = type(self).revisions.rel.related_model.objects.filter(version__in=texts)
        taken = revisions.exclude(way="aside", settled_at__isnull=True).values_list("by", flat=True)
        return {self.written_by_id, *unseen.values_list("written_by", flat=True), *taken}

    def _touch_story(self, at):
        stories = type(self).article.field.related_model.objects
        stories.filter(pk=self.article_id, touched_at__lt=at).update(touched_at=at)

    def _refuse_if_final(self):
        if self.pk and type(self).objects.filter(pk=self.pk, sealed_at__isnull=False).exists():
            raise PublishedVersionIsFinal(f"{self}: a published version is never changed or deleted.")

    def _earlier_body(self):
        """The text whose paragraphs this one may still hold, so that they keep their ids."""
        earlier = type(self).objects.filter(article_id=self.article_id)
        if self.pk:
            own = earlier.filter(pk=self.pk).values_list("body", flat=True).first()
            if own:
                return own
        newest = earlier.filter(number__isnull=False).order_by("-number")
        return newest.values_list("body", flat=True).first() or ""
