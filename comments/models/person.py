from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.ratelimit import mailbox_of


def mark_of(person_id):
    """Return what readers' browsers know this person by: keyed, and no address is in it."""
    return salted_hmac("comments.person", str(person_id), algorithm="sha256").hexdigest()[:16]


class PersonQuerySet(models.QuerySet):
    def of_writer(self, account=None, email=""):
        """Return who writes under this account or from this mailbox; None where there is neither."""
        if account is not None:
            return self.get_or_create(user=account, defaults={"name": account.get_full_name()[:50]})[0]
        if email:
            return self.get_or_create(mailbox=mailbox_of(email))[0]
        return None

    def known(self, account=None, email=""):
        """As `of_writer`, but makes nobody: None for whoever has never written."""
        if account is not None:
            return self.filter(user=account).first()
        return self.filter(mailbox=mailbox_of(email)).first() if email else None

    def with_mailbox(self, mailbox):
        """People who write from this mailbox, with or without an account."""
        return self.filter(Q(mailbox=mailbox) | Q(user__email__iexact=mailbox))

    def called(self, name):
        """People who have put this name above one of their last comments."""
        wrote = apps.get_model("comments", "ReaderComment").objects.filter(user_name__iexact=name)
        return self.filter(Q(name__iexact=name) | Q(pk__in=wrote.order_by("-pk").values("person")[:1000]))


class Person(models.Model):
    """Who comments: an account, or the mailbox behind an address that answered our letter."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="person"
    )
    mailbox = models.CharField(max_length=254, unique=True, null=True)  # noqa: DJ001
    name = models.CharField(max_length=50, blank=True, help_text="The name above new comments.")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PersonQuerySet.as_manager()

    class Meta:
        default_permissions = ["view"]

    def __str__(self):
        return self.name or f"person {self.pk}"

    @property
    def address(self):
        """The e-mail address behind this person, for moderators alone."""
        return self.user.email if self.user_id else self.mailbox
