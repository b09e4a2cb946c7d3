"""The words that a link shows, and the notes beside them."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from articles import body as bodies
from articles.embeds import body_with_embeds
from articles.models import Picture, PreviewNote, Version
from articles.pictures import body_with_pictures
from articles.publishing import DRAFT_FIELDS

PASSAGE = 300  # characters by which a paragraph is known again


@dataclass(frozen=True)
class Aside:
    """A note, and how its paragraph began when it was left, where that reads otherwise now."""

    note: PreviewNote
    passage: str = ""


@dataclass
class Paragraph:
    """A block of the text as readers see it; the last one, without `block_id`, stands for the whole story."""

    block_id: str
    tag: str = ""
    html: SafeString = ""
    passage: str = ""
    asides: list[Aside] = field(default_factory=list)
    form: object = None

    @property
    def is_heading(self):
        return self.tag in ("h2", "h3")


def version_shown(link, article):
    """Return what the link says the story is: the newest words, or a version that is never saved."""
    if link.follows:
        return article.newest_version
    words = {name: link.words[name] for name in DRAFT_FIELDS if name in link.words}
    count = bodies.count_words(words["body"])
    return Version(article=article, number=link.version_number, word_count=count, **words)


def pictures_of(version):
    """Return the pictures that stand in the text, also of a version that is never saved."""
    return list(Picture.objects.filter(token__in=bodies.picture_tokens(version.body)))


def shows(link, article, token):
    """Whether the link's reader sees the picture with that token, at the story's head or in its text."""
    if article.picture and article.picture.token == token:
        return True
    return token in bodies.picture_tokens(version_shown(link, article).body)


def passage_of(version, block_id):
    """Return how the paragraph begins; nothing for the whole story, and for one that is gone."""
    blocks = bodies.split(version.body)
    return next((_passage(block) for block in blocks if block.attributes.get("id") == block_id), "")


def with_asides(version, pictures, notes):
    """Return the paragraphs of `version` with their notes, and last the whole story, with all other notes."""
    paragraphs = [_paragraph(block, pictures) for block in bodies.split(version.body)]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.html]
    whole = Paragraph("")
    by_id = {paragraph.block_id: paragraph for paragraph in paragraphs}
    for note in notes:
        paragraph = by_id.get(note.block, whole)
        reads_otherwise = note.passage != paragraph.passage
        paragraph.asides.append(Aside(note, note.passage if reads_otherwise else ""))
    return [*paragraphs, whole]


def _paragraph(block, pictures):
    html = body_with_embeds(body_with_pictures(str(block), pictures))
    return Paragraph(block.attributes.get("id", ""), block.tag, html, _passage(block))


def _passage(block):
    return " ".join(block.text.split())[:PASSAGE]
