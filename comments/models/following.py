from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.prepared import prepared


class FollowingQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(stopped_at=None)

    def of(self, person):
        """What a person follows now, for a page of their choices."""
        return self.in_force().filter(person=person).select_related("article__live_version").order_by("pk")

    def concerned(self, comment):
        """Those who wait for this comment: they follow its story, or wrote what it answers."""
        return self.waiting(*_what_concerns(comment))

    def is_any_concerned(self, comment):
        return any(_first_waiting(*_what_concerns(comment)))

    def waiting(self, article, writer, answered=None):
        """Those but the writer who wait for a comment below the article, or for an answer to theirs."""
        waits = Q(article=article)
        if answered:
            wrote = apps.get_model("comments", "ReaderComment").objects.filter(pk=answered)
            waits |= Q(article=None, person__in=wrote.values("person"))
        return self.in_force().filter(waits).exclude(person=writer)


def _what_concerns(comment):
    writer = comment.person_id or 0
    answered = [comment.parent_id] if comment.is_reply else []
    return comment.article_id, writer, *answered


@prepared
def _first_waiting(article, writer, *answered):
    return Following.objects.waiting(article, writer, *answered)[:1]


class Following(models.Model):
    """That a person wants letters about comments: below one story, or those that answer the person's own."""

    class Pace(models.TextChoices):
        # Translators: a choice, and the end of “We write to you at once …”.
        NOW = "now", _("at once, a letter for each comment")
        DAILY = "daily", _("once a day, in the morning")

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="followings")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )  # null: replies to the person
    pace = models.CharField(max_length=5, choices=Pace)
    address = models.EmailField(blank=True)  # as it was confirmed; an account has its own
    created_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["article", "person"], name="story_followed_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(article=None), name="replies_followed_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["stopped_at"], condition=Q(stopped_at__isnull=False), name="following_stopped"
            )
        ]

    def __str__(self):
        return f"Following {self.pk} of person {self.person_id}"

    @property
    def letters_go_to(self):
        """The address for its letters; empty where there is none, or the account is switched off."""
        if self.person.user_id:
            return self.person.user.email if self.person.user.is_active else ""
        return self.address or self.person.mailbox or ""
