"""The files of pictures: which are made when, and how a picture that was left behind is found again."""

import time
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks import task

from articles import imaging, pictures
from articles.models import Picture
from articles.storage import WholeFileStorage

# A task makes as much as it can in this time and hands the rest to the next, so that no letter waits long.
SLICE_S = 10
# When a picture that is not ready is tried again: its worker may have died, or the disk have been full.
PATIENCE = timedelta(minutes=10)

storage = WholeFileStorage()


def make_fallbacks(picture, image):
    """Write the JPEGs of a picture from its pixels, in the request that saves it."""
    for rendition in pictures.fallbacks(picture):
        _write(rendition, image)


@task()
def make_in_background(picture_pk):
    picture = Picture.objects.filter(pk=picture_pk).first()
    if picture and not make(picture):
        make_in_background.enqueue(picture_pk)


def make(picture, slice_s=SLICE_S):
    """Make what is missing for up to `slice_s` seconds; return whether all renditions are there.

    Files that exist are whole and right (see `articles.storage`), so it may be
    broken off anywhere and run twice at once.
    """
    end = time.monotonic() + slice_s
    missing = [
        r for r in [*pictures.fallbacks(picture), *pictures.renditions(picture)] if not storage.exists(r.path)
    ]
    if missing:
        with picture.original.open() as file:
            image = imaging.open_original(file)
        for rendition in missing:
            if time.monotonic() > end:
                return False
            _write(rendition, image)
    # The focal point may have moved meanwhile; then this is not the picture that is ready.
    same = Picture.objects.filter(pk=picture.pk, focal_x=picture.focal_x, focal_y=picture.focal_y)
    same.update(ready_at=timezone.now(), renditions_due_at=None)
    return True


def make_overdue():
    """Take up pictures that no worker finished."""
    now = timezone.now()
    for picture in Picture.objects.filter(renditions_due_at__lte=now):
        due = Picture.objects.filter(pk=picture.pk, renditions_due_at=picture.renditions_due_at)
        if due.update(renditions_due_at=now + PATIENCE):
            make_in_background.enqueue(picture.pk)


def remove_files(token, original):
    storage.delete(original)
    storage.delete_folder(pictures.folder(token))


def _write(rendition, image):
    size = (rendition.width, rendition.height)
    content = imaging.render(image, rendition.box, size, rendition.extension)
    storage.save(rendition.path, ContentFile(content))
