from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models.article import Article
from articles.models.log_entry import LogEntry

MOST_OPENINGS = 50


class PreviewLinkQuerySet(models.QuerySet):
    def alive(self, at=None):
        """Links by which their story can be read at the instant `at`, by who has opened them.

        A link dies with the account that made it, and for good when its story is withdrawn or deleted.
        """
        stories = Article.objects.filter(pk=OuterRef("article")).exclude(state=Article.State.WITHDRAWN)
        withdrawals = LogEntry.objects.filter(
            article=OuterRef("article"), act=LogEntry.Act.WITHDRAW, at__gte=OuterRef("made_at")
        )
        return self.filter(
            Exists(stories),
            ~Exists(withdrawals),
            revoked_at=None,
            ends_at__gt=at or timezone.now(),
            made_by__is_active=True,
        )

    def openable(self, at=None):
        """Links that are alive and have an opening left."""
        return self.alive(at).counted().filter(openings_made__lt=models.F("most_openings"))

    def counted(self):
        return self.annotate(openings_made=models.Count("openings"))


class PreviewLink(models.Model):
    """Lets somebody without an account read one story. It is kept when the story is deleted.

    With `words`, the fields of a version as they stood when it was made, it goes on showing those;
    a draft is changed where it stands, so no key would do. Without, it follows the newest words.
    """

    article = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, db_constraint=False, related_name="preview_links"
    )
    purpose = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    words = models.JSONField(null=True, editable=False)
    version_number = models.PositiveIntegerField(null=True, editable=False)
    mark = models.CharField(max_length=60, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    most_openings = models.PositiveSmallIntegerField()
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(most_openings__range=(1, MOST_OPENINGS)), name="preview_link_openings"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="preview_link_revoked_by_somebody",
            ),
        ]

    def __str__(self):
        return self.purpose

    @property
    def follows(self):
        return self.words is None

    @property
    def label(self):
        """What it shows, of the words that stood when it was made."""
        if self.version_number:
            return f"version {self.version_number}"
        return "the draft"

    @property
    def openings_left(self):
        """How often it opens still; for a link that was `counted()`."""
        return self.most_openings - self.openings_made

    def may_be_revoked_by(self, account):
        """By who made it and works on the story still, and by whoever may publish the story."""
        made_it = self.made_by_id == account.pk and account.has_perm("articles.change_article", self.article)
        return made_it or account.has_perm("articles.publish_article", self.article)
