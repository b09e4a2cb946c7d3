"""What the interface tells of a story and of what stands around it: each shape is a function of the noun.

Told is what the pages show, from what they load. `openapi.json` describes each shape under the same name.
"""

import re
from html import escape

from django.conf import settings

from articles import body as bodies
from articles import sources
from articles.addresses import absolute, path_to
from articles.api.instants import rfc3339
from articles.embeds import embed_of, link_to
from articles.pictures import CONTENT_TYPES, RATIOS, made

KINDS = {
    "p": "paragraph",
    "h2": "heading",
    "h3": "subheading",
    "ul": "list",
    "ol": "numbered_list",
    "blockquote": "quotation",
    "figure": "picture",
}
LINK_WITHIN = re.compile(r'<a href="/(?!/)')  # in a text that is cleaned, no other words look like it
ON_CARDS, ON_CARDS_AS = ("16x9",), ("webp",)


def card(article):
    """A story in a list, loaded by `for_cards()` or `for_story()`."""
    return {
        "id": article.pk,
        "slug": article.slug,
        "self": address_of(article),
        "url": absolute(article.get_absolute_url()),
        "kind": "brief" if article.section.is_brief else "news",
        "headline": article.headline,
        "standfirst": article.standfirst,
        "section": named(article.section),
        "published": rfc3339(article.published_at),
        "modified": rfc3339(article.last_changed),
        "corrected": rfc3339(article.corrected_at),
        "comment_count": article.comment_count,
        "picture": _picture(article.picture, ON_CARDS, ON_CARDS_AS),
    }


def story(article, version, *, age_notice, authors, topics, corrections, line, related):
    """The whole of a story that is loaded by `for_story()`: what its page shows."""
    return card(article) | {
        "dateline": version.dateline,
        "authors": [author(one) for one in authors],
        "topics": [named(topic) for topic in topics],
        "picture": _with_caption(article.picture, version.caption),
        "body": _body(version),
        "word_count": version.word_count,
        "reading_minutes": version.reading_minutes,
        "sources": [_filled(source) for source in sources.for_readers(version.sources)],
        "corrections": [_correction(note, article) for note in corrections],
        "line": _line(line),
        "related": [_related(entry) for entry in related],
        "age_notice": age_notice or None,
        "takes_comments": article.takes_comments,
        "history": absolute(path_to("articles:history", article.slug)),
        "version_count": version.number - article.recalled,
    }


def named(noun):
    """A section, a topic or an author, with the addresses of its page and of its stories here."""
    stories = f"{path_to('api:stories')}?{noun._meta.model_name}={noun.slug}"
    return {
        "name": noun.name,
        "slug": noun.slug,
        "url": absolute(noun.get_absolute_url()),
        "stories": absolute(stories),
    }


def author(author):
    return named(author) | {"kind": "desk" if author.is_desk else "person"}


def section(section):
    return named(section) | {"kind": "brief" if section.is_brief else "news"}


def whose(noun):
    """Whose stories a list holds; None for those of everybody."""
    return named(noun) | {"kind": noun._meta.model_name} if noun else None


def hit(hit):
    """What a search found, with its hits in `<mark>`."""
    return card(hit.article) | {"headline_html": hit.headline, "excerpt_html": hit.words}


def address_of(article):
    return absolute(path_to("api:story", article.slug))


def _body(version):
    pictures = {one.token: _with_caption(one, "") for one in version.pictures.all()}
    blocks = [_block(block, pictures) for block in bodies.split(version.body)]
    shown = [block for block in blocks if block]
    return {"html": "".join(html for html, _ in shown), "blocks": [told for _, told in shown]}


def _block(block, pictures):
    """Return a block as HTML and as what is told of it; None for a picture that readers do not see."""
    kind, picture, embed = KINDS[block.tag], None, embed_of(block)
    if embed:
        kind, inner = "embed", f"<figcaption>{escape(embed.description)} {link_to(embed)}</figcaption>"
        block = bodies.Block("figure", {"id": block.attributes["id"]}, inner)
    elif kind == "picture":
        picture = pictures.get(block.attributes.get("data-picture"))
        if picture is None:
            return None
        block = bodies.Block("figure", {"id": block.attributes["id"]}, _figure(picture))
    elif block.attributes.get("class") == "pull-quote":
        kind = "pull_quote"
    inner = LINK_WITHIN.sub(f'<a href="{settings.SITE_URL}/', block.inner)
    block = bodies.Block(block.tag, block.attributes, inner)
    return str(block), {"id": block.attributes["id"], "kind": kind, "html": inner, "picture": picture} | {
        "embed": _embed(embed)
    }


def _embed(embed):
    """A post or video of another site, to be shown when a reader asks; None where the block is none."""
    if embed is None or embed.source is None:
        return None
    return {
        "provider": embed.source.provider.name,
        "title": embed.name,
        "description": embed.description,
        "url": embed.source.address,
        "frame_url": embed.source.frame,
    }


def _figure(picture):
    shown = next(file for file in picture["files"] if file["shape"] == "original")
    size = f'width="{shown["width"]}" height="{shown["height"]}"'
    words = f"{escape(picture['caption'])} <small>{escape(picture['credit'])}</small>"
    return (
        f'<img src="{escape(shown["url"])}" alt="{escape(picture["alt"])}" {size}>'
        f"<figcaption>{words}</figcaption>"
    )


def _with_caption(picture, caption):
    told = _picture(picture, RATIOS, ("avif", "webp"))
    return told and told | {"caption": caption or picture.caption}


def _picture(picture, ratios, extensions):
    """A picture with the addresses of its files; None where readers see none."""
    if picture is None or not picture.is_complete:
        return None
    files = [_file(ratio, file) for ratio in ratios for file in made(picture, ratio, extensions)]
    return {"alt": picture.alt_text, "credit": picture.credit, "files": files}


def _file(ratio, rendition):
    return {
        "shape": ratio,
        "type": CONTENT_TYPES[rendition.extension],
        "width": rendition.width,
        "height": rendition.height,
        "url": absolute(rendition.url),
    }


def _correction(note, article):
    history = path_to("articles:history", article.slug)
    return {
        "kind": note.kind,
        "published": rfc3339(note.published_at),
        "note": note.note,
        "stands_at": "foot" if note.note_stands_at_foot else "head",
        "url": absolute(f"{history}#version-{note.number}"),
    }


def _line(line):
    """The story so far; None where a story stands alone."""
    if line is None:
        return None
    stories = [
        {
            "headline": article.headline,
            "url": absolute(article.get_absolute_url()),
            "self": address_of(article),
            "published": rfc3339(article.published_at),
        }
        for article in line.articles
    ]
    return {"is_whole": not line.has_more, "stories": stories}


def _related(entry):
    ours = entry.article
    return {
        "title": entry.title,
        "url": absolute(entry.url) if ours else entry.url,
        "self": address_of(ours) if ours else None,
        "reason": entry.reason,
        "published": rfc3339(entry.published_at),
    }


def _filled(source):
    """A source with null for what is not said of it."""
    return {name: source[name] or None for name in sources.FIELDS}
