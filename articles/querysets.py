"""Who may see which story, and what each kind of page must load."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

PICTURE = ("token", "width", "height", "focal_x", "focal_y", "alt_text", "credit", "ready_at")
ON_CARDS = (
    *("slug", "published_at", "changed_at", "corrected_at", "comment_count"),
    *("live_version__headline", "live_version__standfirst"),
    *("section__name", "section__slug", "section__is_brief"),
    *(f"picture__{name}" for name in PICTURE),
)


class CountOf(Subquery):
    """How many rows a subquery finds, its LIMIT counted in."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.PositiveIntegerField()


class ArticleQuerySet(models.QuerySet):
    """The only place that says which stories a reader may see, and at what cost."""

    def visible(self, at=None):
        """Stories that readers see at the instant `at` (now, with none): published, due, not withdrawn.

        Time is part of the question, so nothing has to run when a story's hour comes.
        """
        published = self.model.State.PUBLISHED
        return self.filter(state=published, published_at__lte=at or timezone.now())

    def next_change(self, at):
        """The next instant after `at` at which readers come to see one of these stories, or None."""
        to_come = self.filter(state=self.model.State.PUBLISHED, published_at__gt=at).order_by("published_at")
        return to_come.values_list("published_at", flat=True).first()

    def each_visible(self, at=None):
        """As `visible`, for few stories that something else finds: each of them is asked by its key.

        SQLite takes the published ones for few, and would rather go through them all.
        """
        return self.filter(Exists(self.model.objects.visible(at).filter(pk=OuterRef("pk"))))

    def gone(self):
        """Stories that readers saw and that were withdrawn since: their addresses owe a notice."""
        return self.filter(state=self.model.State.WITHDRAWN, published_at__lte=F("withdrawn_at"))

    def once_at(self, slug):
        """The story that had this address before it got another one."""
        return self.filter(old_addresses__slug=slug)

    def ever_at(self, *slugs):
        """Stories to which one of these addresses belongs: now, or for good because readers knew it once."""
        old_addresses = self.model.old_addresses.rel.related_model.objects
        present = self.model.objects.filter(slug__in=slugs).order_by().values("pk")
        once = old_addresses.filter(slug__in=slugs).order_by().values("article")
        return self.filter(pk__in=present.union(once))  # two looks into an index, however many stories

    def news(self):
        """Leave out editions of a brief, which age within a day."""
        return self.filter(section__is_brief=False)

    def briefs(self):
        return self.filter(section__is_brief=True)

    def by(self, author):
        return self.filter(bylines__author=author)

    def placed(self, at=None):
        """Visible stories in slots of the home page at the instant `at`, the lead first, each once."""
        slots = self.model.home_slots.rel.related_model
        placed = self.each_visible(at).filter(home_slots__in=slots.objects.leading(at))
        return placed.order_by("home_slots__order", "-home_slots__starts_at", "-home_slots__pk")

    def newest_first(self):
        # The key breaks ties, so that no story shows on two pages.
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """Load in one query all that a card, a feed or a list of titles shows, and nothing else."""
        return self.select_related("section", "picture", "live_version").only(*ON_CARDS)

    def for_story(self):
        """Load in one query what the page of one story shows of the story itself."""
        stories = self.select_related("section", "picture", "live_version")
        return stories.annotate(recalled=self._recalled(), line=F("line_place__line"))

    def _recalled(self):
        """How many versions of a story were called off before any reader saw them."""
        versions = self.model.versions.rel.related_model.objects
        called_off = versions.filter(article=OuterRef("pk"), recall__isnull=False).order_by()
        count = called_off.values("article").annotate(count=Count("pk")).values("count")
        return Coalesce(Subquery(count), 0)


class VersionQuerySet(models.QuerySet):
    def sealed(self):
        return self.filter(number__isnull=False)

    def public(self, at=None):
        """Versions that readers have seen by the instant `at`, of stories that they still see.

        A version that was called off or replaced before its hour came has never been public.
        """
        at = at or timezone.now()
        stories = self.model.article.field.related_model.objects.visible(at)
        # Asked row by row: a list of all visible stories would be drawn up for each page.
        is_seen = Exists(stories.filter(pk=OuterRef("article")))
        return self.sealed().filter(is_seen, published_at__lte=at, recall__isnull=True)

    def with_public_note(self):
        """Corrections and clarifications, the changes that a story itself owes its readers to tell."""
        return self.filter(self.model.HAS_PUBLIC_NOTE)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")
