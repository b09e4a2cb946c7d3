"""How many stories came out on each day of the site's own calendar, counted when that changes.

So the archive knows its days, months and years from some thousand rows, however many stories there are. What
is scheduled is counted on the day to come, where nobody looks before that day is over.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from articles.models.article import Article
from articles.zones import site_zone

NEWEST = 3  # days that are counted anew by the clock


class ArchiveDay(models.Model):
    zone = models.CharField(max_length=64)  # another zone has other days, which are counted anew
    day = models.DateField()
    stories = models.PositiveIntegerField()

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["zone", "day"], name="archive_day_once")]

    def __str__(self):
        return f"{self.day}: {self.stories}"


def bounds(day, until=None):
    """Return the instants at which a day, or the days before `until`, begin and end in the site's zone."""
    first, last = day, until or day + timedelta(days=1)
    return tuple(datetime.combine(one, time.min, tzinfo=site_zone()) for one in (first, last))


def count_days(days):
    """Count these days anew. Whoever else counts one of them waits, and then counts what is there by then."""
    zone = settings.TIME_ZONE
    with transaction.atomic():
        for day in sorted(days):
            held = ArchiveDay(zone=zone, day=day, stories=0)
            keys = ["zone", "day"]
            ArchiveDay.objects.bulk_create(
                [held], update_conflicts=True, unique_fields=keys, update_fields=["day"]
            )
            count = _stories_of(day)
            row = ArchiveDay.objects.filter(zone=zone, day=day)
            if count:
                row.exclude(stories=count).update(stories=count)
            else:
                row.delete()


def count_all_days():
    """Count every day of the archive, where this zone has none counted yet; else the newest anew."""
    zone = settings.TIME_ZONE
    if ArchiveDay.objects.filter(zone=zone).exists():
        count_newest_days()
        return
    published = Article.objects.filter(state=Article.State.PUBLISHED).order_by()
    days = published.annotate(on=TruncDate("published_at", tzinfo=site_zone())).values_list("on")
    rows = [ArchiveDay(zone=zone, day=day, stories=count) for day, count in days.annotate(count=Count("pk"))]
    with transaction.atomic():
        ArchiveDay.objects.all().delete()
        ArchiveDay.objects.bulk_create(rows)


def count_newest_days():
    """Count anew the days on which a process of an older build, which counts nothing, may have published."""
    today = day_of_instant(timezone.now())
    days = [today + timedelta(days=number) for number in range(-NEWEST, 2)]
    rows = ArchiveDay.objects.filter(zone=settings.TIME_ZONE, day__in=days)
    counted = dict(rows.values_list("day", "stories"))
    count_days(day for day in days if _stories_of(day) != counted.get(day, 0))


def _stories_of(day):
    begin, end = bounds(day)
    published = Article.objects.filter(state=Article.State.PUBLISHED)
    return published.filter(published_at__gte=begin, published_at__lt=end).count()


def day_of_instant(instant):
    return instant.astimezone(site_zone()).date()


@receiver(post_save, sender=Article, dispatch_uid="articles.count_story")
def count_story(instance, created, update_fields, raw=False, **kwargs):
    """Count the day on which the story comes out, and that on which it would have."""
    if created or raw or not {"state", "published_at"} & set(update_fields or ("state",)):
        return
    before, now = instance.stood, (instance.state, instance.published_at)
    if before != now:
        count_days({day_of_instant(at) for _, at in filter(None, (before, now)) if at})
