"""Texts of the interface in the language of the site, looked up once, when a template is loaded.

A process speaks one language. These tags stand in every template without being loaded; `translate` takes the
place of Django's, which looks a text up each time that a page is made, and steps back where more is asked.
"""

from django import template
from django.template.base import TextNode
from django.templatetags import i18n
from django.utils.translation import get_language, get_language_bidi, gettext

register = template.Library()
register.tag("blocktranslate", i18n.do_block_translate)


@register.tag
def translate(parser, token):
    words = token.split_contents()
    is_plain = len(words) == 2 and words[1][0] in "'\"" and words[1][0] == words[1][-1]
    if not is_plain:
        return i18n.do_translate(parser, token)
    text = words[1][1:-1].replace("%", "%%")  # as it stands in the catalogs, beside those that are filled in
    return TextNode(gettext(text).replace("%%", "%"))


@register.tag
def language_attributes(parser, token):
    """Say in the tag `html` which language the page speaks, and whether it runs from right to left."""
    direction = ' dir="rtl"' if get_language_bidi() else ""
    return TextNode(f'lang="{get_language()}"{direction}')
