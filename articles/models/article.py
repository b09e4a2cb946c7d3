from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from articles.addresses import path_to
from articles.querysets import ArticleQuerySet


class Article(models.Model):
    """Where a story lives: its address, place and state. What it says is a `Version`.

    State and versions are changed by the acts in `articles.publishing` alone.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_REVIEW = "in_review", "in review"
        APPROVED = "approved", "approved"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    BEFORE_PUBLICATION = (State.DRAFT, State.IN_REVIEW, State.APPROVED)

    slug = models.SlugField(max_length=100, unique=True, help_text="The last part of the story's address.")
    section = models.ForeignKey(
        "Section", on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    topics = models.ManyToManyField("Topic", blank=True, related_name="articles")
    authors = models.ManyToManyField("Author", through="Byline", related_name="articles")
    picture = models.ForeignKey(
        "Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    takes_comments = models.BooleanField(default=True, help_text="Readers may answer below the story.")

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    live_version = models.OneToOneField(
        "Version", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    draft = models.OneToOneField(
        "Version", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    corrected_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_notice = models.TextField(blank=True, editable=False)
    restoration_asked_at = models.DateTimeField(null=True, editable=False)
    restoration_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    embargo_until = models.DateTimeField(null=True, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    # When the newest comment came that readers have seen, also if it is gone by now.
    newest_comment_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When words were last saved or sealed, by which the desk orders its list; `Version.save` moves it on.
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    stood = None  # state and instant that were stored before they were saved the last time

    sent_as = models.UUIDField(unique=True, null=True, editable=False)  # see articles.admin.sent_once

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name, verbose_name_plural = "story", "stories"
        permissions = [
            ("send_back_article", "Can send stories back to their writers"),
            ("approve_article", "Can approve stories"),
            ("embargo_article", "Can set and lift embargoes"),
            ("schedule_article", "Can schedule stories and call that off"),
            ("publish_article", "Can publish stories"),
            ("update_article", "Can publish updates and changes of style"),
            ("clarify_article", "Can publish clarifications"),
            ("correct_article", "Can publish corrections"),
            ("withdraw_article", "Can withdraw stories"),
            ("restore_article", "Can bring withdrawn stories back"),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="article_newest"),
            models.Index(
                fields=["section", "state", "-published_at", "-id"], name="article_newest_in_section"
            ),
            models.Index(fields=["-touched_at", "-id"], name="article_touched"),
            models.Index(fields=["state", "-touched_at", "-id"], name="article_touched_in_state"),
            models.Index(fields=["section", "-touched_at", "-id"], name="article_touched_in_section"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(live_version__isnull=False, published_at__isnull=False, section__isnull=False),
                name="article_published_is_whole",
                violation_error_message="A published story keeps its section, its text and its time.",
            ),
        ]

    def __str__(self):
        return self.headline or "(no headline yet)"

    def save(self, **kwargs):
        """Leave to others what they alone keep, of which what was loaded here may be old by now."""
        if self._state.adding:
            self.touched_at = self.created_at
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - {"comment_count", "newest_comment_at", "touched_at"}
        self.stood = None
        if self._state.adding or "slug" not in kwargs["update_fields"]:
            super().save(**kwargs)
            return
        with transaction.atomic():
            stored = (
                type(self).objects.filter(pk=self.pk).values_list("slug", "state", "published_at").first()
            )
            slug, *stood = stored or (None,)
            self.stood = tuple(stood) or None
            self._keep_old_address(slug)
            super().save(**kwargs)

    def get_absolute_url(self):
        return path_to("articles:story", self.slug)

    @property
    def current_version(self):
        """What readers see; before that, what the desk is working on."""
        return self.live_version or self.draft

    @property
    def newest_version(self):
        """What the desk would publish next; without a draft, what readers see."""
        return self.draft or self.live_version

    @property
    def mark(self):
        """What tells this state of the story's words from every other; empty before the first word."""
        return self.newest_version.mark if self.newest_version else ""

    @property
    def headline(self):
        return self.current_version.headline if self.current_version else ""

    @property
    def standfirst(self):
        return self.current_version.standfirst if self.current_version else ""

    @property
    def last_changed(self):
        """The instant that page, feed, sitemap and structured data all give as the last change.

        A change of style alone does not count.
        """
        return self.changed_at or self.published_at

    @property
    def was_updated(self):
        return self.last_changed != self.published_at

    @property
    def is_scheduled(self):
        return self.is_scheduled_at(timezone.now())

    def is_scheduled_at(self, instant):
        return self.state == self.State.PUBLISHED and self.published_at > instant

    @property
    def was_ever_public(self):
        """Whether any reader can have seen it, which makes its address worth a notice."""
        if self.published_at is None:
            return False
        return self.published_at <= (self.withdrawn_at or timezone.now())

    def is_visible(self, at=None):
        """Ask `ArticleQuerySet.visible`, the only place that knows, about this story."""
        return type(self).objects.visible(at).filter(pk=self.pk).exists()

    def _keep_old_address(self, stored):
        """Let the address under which readers knew the story lead to it for good."""
        if stored in (None, self.slug):
            return
        self.old_addresses.filter(slug=self.slug).delete()  # it is the present one again
        if self.was_ever_public:
            old_address = type(self).old_addresses.rel.related_model
            told = {"article": self, "at": timezone.now()}
            old_address.objects.update_or_create(slug=stored, defaults=told)


class Byline(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("Author", on_delete=models.PROTECT, related_name="bylines")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="byline_once",
                violation_error_message="This author stands in the byline already.",
            )
        ]

    def __str__(self):
        return str(self.author)
