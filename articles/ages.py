"""How old is a story, where readers should know before they read it?"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.zones import day_of

OLD_AFTER = timedelta(days=30)


def warning(article, at):
    """Return the sentence for readers of an old story; empty while it is young.

    A story is as old as its last change, that of style alone aside.
    """
    changed = timezone.localtime(article.last_changed)
    if at < changed + OLD_AFTER:
        return ""
    years = _full_years(changed, at)
    return _sentence(years) % {"years": years, "day": day_of(changed)}


def _sentence(years):
    if years < 1:
        return _("This story is more than a month old. It says how things stood on %(day)s.")
    if years == 1:
        return _("This story is more than a year old. It says how things stood on %(day)s.")
    return ngettext(
        "This story is more than %(years)s year old. It says how things stood on %(day)s.",
        "This story is more than %(years)s years old. It says how things stood on %(day)s.",
        years,
    )


def next_change(article, at):
    """Return the instant after `at` from which `warning` says something else."""
    changed = timezone.localtime(article.last_changed)
    if at < changed + OLD_AFTER:
        return changed + OLD_AFTER
    return _anniversary(changed, _full_years(changed, at) + 1)


def _full_years(changed, at):
    at = timezone.localtime(at)
    years = at.year - changed.year
    while years > 0 and at < _anniversary(changed, years):
        years -= 1
    return years


def _anniversary(changed, years):
    try:
        return changed.replace(year=changed.year + years)
    except ValueError:  # the 29th of February
        return changed.replace(year=changed.year + years, month=3, day=1)
