from django.utils.formats import number_format
from django.utils.translation import gettext

from comments.moderation.verdicts import passed, refuse

LONGEST_TEXT = 3000  # characters


def length(attempt):
    count = len(attempt.text)
    if not attempt.text.strip():
        return refuse(gettext("There are no words in this comment."))
    if count > LONGEST_TEXT:
        told = gettext("A comment has at most %(longest)s characters; this one has %(count)s.")
        return refuse(told % {"longest": _grouped(LONGEST_TEXT), "count": _grouped(count)})
    return passed(f"{count:,} characters.")


def _grouped(number):
    return number_format(number, force_grouping=True)
