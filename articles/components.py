"""Components of which a page holds many, such as comments and cards: Jinja2 renders them ten times as fast.

A file `card.jinja` holds one macro, `card`, whose arguments are all that it takes. A page prints it by
`{% component "components/card.jinja" article=article … %}`, another component by importing it.
"""

from functools import cache
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from articles import pictures
from articles.addresses import path_to
from articles.templatetags.article_tags import day, instant, wordmark
from articles.zones import full_day_of


def rendered(name, **values):
    """Return the component of that file as HTML. Whatever it prints of `values` is escaped there."""
    return macro(name)(**values)


def macro(name):
    if settings.DEBUG:
        environment.cache_clear()  # the files are read anew
        return _macro.__wrapped__(name)
    return _macro(name)


@cache
def _macro(name):
    return getattr(environment().get_template(name).module, PurePath(name).stem)


@cache
def environment():
    made = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    # As filters, since Jinja2 calls those at once, and asks of any other function what it wants to be handed.
    made.filters |= {"path": path_to, "day": day, "instant": instant, "wordmark": wordmark}
    made.filters |= {"translate": translate, "ntranslate": ntranslate}
    made.filters |= {"full_day_of": full_day_of}
    made.filters |= {"sources": pictures.sources, "fallback": pictures.fallback}
    return made


def translate(text):
    """Return a text of the interface in the site's language. Jinja2 asks once, when it reads the file.

    It may hold HTML; what is filled in is escaped.
    """
    return Markup(gettext(text))


def ntranslate(singular, plural, count):
    """Return what is said of `count` things, which stands in the text as `%(count)s`."""
    return Markup(ngettext(singular, plural, count)) % {"count": count}
