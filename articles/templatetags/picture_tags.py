from django import template

from articles import pictures

register = template.Library()


@register.inclusion_tag("components/picture.html")
def picture(picture, sizes, ratio="original", priority=False):
    """Offer a picture in all its formats and widths, without a query; nothing if it lacks its credit.

    `sizes` says how wide it stands on the page, as in HTML. `priority` is for the one picture
    that fills the first screen; the others wait until they come near.
    """
    if not picture or not picture.is_complete:
        return {}
    return {
        "picture": picture,
        "sources": pictures.sources(picture, ratio),
        "fallback": pictures.fallback(picture, ratio),
        "sizes": sizes,
        "priority": priority,
    }
