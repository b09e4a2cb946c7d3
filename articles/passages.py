"""The parts of a story that a reader can point at, and the words that stand there."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles import body as bodies
from articles.embeds import embed_of

STORY = "story"  # the place of what is wrong nowhere in particular
PARTS = {
    "headline": _("Headline"),
    "introduction": _("Introduction"),
    "dateline": _("Place of the report"),
    "picture": _("Picture and caption"),
    STORY: _("The story as a whole"),
}
BLOCKS = {
    # Translators: a heading in the text of a story.
    "h2": _("Heading"),
    "h3": _("Heading"),
    # Translators: a list in the text of a story.
    "ul": _("List"),
    "ol": _("List"),
    "blockquote": _("Quotation"),
    "figure": _("Picture in the text"),
}


@dataclass(frozen=True)
class Passage:
    place: str  # a block's id, or a key of `PARTS`
    name: str  # empty for a plain paragraph
    words: str


def passages_of(version):
    """Return the passages of `version` in the order of the page; the story as a whole comes last."""
    picture = version.article.picture
    caption = picture and (version.caption or picture.caption)
    parts = {
        "headline": version.headline,
        "introduction": version.standfirst,
        "picture": caption,
        "dateline": version.dateline,
    }
    head = [Passage(place, str(PARTS[place]), words) for place, words in parts.items() if words]
    return [*head, *_blocks(version), Passage(STORY, str(PARTS[STORY]), "")]


def passage_at(version, place):
    """Return the passage of `version` at `place`, or None where there is none."""
    return next((passage for passage in passages_of(version) if passage.place == place), None)


def _blocks(version):
    captions = {picture.token: picture.caption for picture in version.pictures.all()}
    for block in bodies.split(version.body):
        token = block.attributes.get("data-picture")
        words = captions.get(token, "") if token else " ".join(block.text.split())
        if words:
            embed = embed_of(block)
            name = embed.name if embed else BLOCKS.get(block.tag, "")
            yield Passage(block.attributes["id"], str(name), words)
