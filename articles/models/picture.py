import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.text import Truncator

from articles import imaging
from articles.storage import WholeFileStorage

WORDS = ("alt_text", "caption", "credit", "rights")
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def new_token():
    return secrets.token_urlsafe(16)


def original_path(picture, filename):
    return f"originals/{picture.token}{filename[filename.rfind('.') :]}"


class PictureQuerySet(models.QuerySet):
    def complete(self):
        """Pictures that carry what readers are owed: words for those who cannot see it, and a credit."""
        return self.exclude(alt_text="").exclude(credit="")

    def shown(self, at=None):
        """Pictures that some story shows to readers at the instant `at`."""
        visible = self._stories().visible(at)
        return self.complete().filter(self.held_by(visible, "live_version"))

    def published(self):
        """Pictures that a story which is published, or scheduled, shows or ever did in its text."""
        stories, versions = self._stories(), self.model.versions.rel.related_model.objects
        heads = stories.filter(state=stories.model.State.PUBLISHED, picture=models.OuterRef("pk"))
        stands = versions.sealed().filter(pictures=models.OuterRef("pk"))
        return self.filter(models.Exists(heads) | models.Exists(stands))

    def held_by(self, stories, texts="versions"):
        """Return the condition that one of `stories` has the picture at its head or in one of its `texts`.

        Each of a picture's few stories is asked by its key whether it is among them. Asked
        at once, both databases would go through all that are.
        """
        among = models.Exists(stories.order_by().filter(pk=models.OuterRef("pk")))
        ours = self._stories().order_by().filter(among)
        heads = ours.filter(picture=models.OuterRef("pk"))
        stands = ours.filter(**{f"{texts}__pictures": models.OuterRef("pk")})
        return models.Exists(heads) | models.Exists(stands)

    def _stories(self):
        return self.model.articles.rel.related_model.objects


class Picture(models.Model):
    """A photograph or drawing, kept as its stripped original; readers get renditions of it."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    original = models.FileField(
        upload_to=original_path,
        storage=WholeFileStorage(),
        verbose_name="file",
        help_text="A JPEG, PNG or WebP of up to 25 MB; 1920 pixels wide or more looks best.",
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(
        max_length=300, blank=True, help_text="What the picture shows, for readers who cannot see it."
    )
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=120, blank=True, help_text="Who made it, and for whom.")
    rights = models.CharField(
        max_length=300,
        blank=True,
        help_text="Whose it is, and what we may use it for. Search engines read it too.",
    )
    focal_x = models.PositiveSmallIntegerField(
        "focal point, from the left",
        default=50,
        validators=PERCENT,
        help_text="In percent. Every crop is made around the focal point.",
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, validators=PERCENT, help_text="In percent."
    )
    ready_at = models.DateTimeField(null=True, editable=False)
    renditions_due_at = models.DateTimeField(null=True, editable=False, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    preview = (
        ""  # the token of an opening, on the page that a preview link opens: its files' addresses carry it
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.alt_text or self.caption or f"Picture {self.pk}"

    def save(self, **kwargs):
        self._tidy()
        self._take_in_upload()
        if self._looks_new():
            self._renew_renditions()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "ready_at", "renditions_due_at"}
            with transaction.atomic():  # begun only now: pixels take their time, and others want to write
                super().save(**kwargs)
                self._renditions().make_in_background.enqueue(self.pk)
        else:
            super().save(**kwargs)

    def clean(self):
        try:
            self._take_in_upload()
        except ValidationError as error:
            raise ValidationError({"original": error}) from None

    def problems(self):
        """Return what is missing for publication, a sentence each."""
        if not self.alt_text.strip():
            yield f"The picture “{self}” has no alt text."
        if not self.credit.strip():
            yield f"The picture “{self}” has no credit."

    @property
    def is_complete(self):
        return not any(self.problems())

    @property
    def is_published(self):
        return type(self).objects.published().filter(pk=self.pk).exists()

    def _tidy(self):
        for name in WORDS:
            setattr(self, name, " ".join(getattr(self, name).split()))

    def _take_in_upload(self):
        """Put in the place of an uploaded file what we keep of it, if it is a picture."""
        if not self.original or self.original._committed or hasattr(self, "_image"):
            return
        if not self._state.adding:
            raise ValidationError("A picture keeps its file. Please add the other one as a new picture.")
        upload = imaging.take_in(self.original.file)
        if not self.original.storage.has_room_for(4 * len(upload.content)):
            raise ValidationError("There is no room left on the server's disk. Nothing was kept.")
        self.original = ContentFile(upload.content, name=f"picture.{upload.extension}")
        self.width, self.height = upload.image.size
        self._image = upload.image
        self._fill_in(upload.words)

    def _fill_in(self, words):
        """Take what the file says where nobody has written anything."""
        for name in WORDS:
            if not getattr(self, name).strip():
                longest = self._meta.get_field(name).max_length
                setattr(self, name, Truncator(words[name]).chars(longest))

    def _looks_new(self):
        """Whether the files that show it, if any, show something else."""
        focus = type(self).objects.filter(pk=self.pk).values_list("focal_x", "focal_y").first()
        return hasattr(self, "_image") or focus != (self.focal_x, self.focal_y)

    def _renew_renditions(self):
        renditions = self._renditions()
        image = self.__dict__.pop("_image", None)
        if image is None:
            with self.original.open() as file:
                image = imaging.open_original(file)
        renditions.make_fallbacks(self, image)
        self.ready_at = None
        self.renditions_due_at = timezone.now() + renditions.PATIENCE

    @staticmethod
    def _renditions():
        from articles import renditions  # which knows this model

        return renditions


class PictureInVersion(models.Model):
    """A picture stands in a text. As long as it does, it cannot be deleted."""

    version = models.ForeignKey("Version", on_delete=models.CASCADE, related_name="+")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "articles_version_pictures"
        default_permissions = []
        unique_together = [("version", "picture")]

    def __str__(self):
        return str(self.version)


@receiver(post_delete, sender=Picture, dispatch_uid="articles.picture_files")
def remove_files(instance, **kwargs):
    """Files go with the row, once it is certain that the row is gone."""
    from articles import renditions

    transaction.on_commit(lambda: renditions.remove_files(instance.token, instance.original.name))
