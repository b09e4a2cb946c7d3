"""Every component of the site in every state, from the real templates: what a designer begins with.

The rows that stand here are made up and in no database; only the pictures are the newsroom's own.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles.archive import Group
from articles.components import rendered
from articles.embeds import Embed
from articles.lines import Entry, Line
from articles.models import Article, Author, BreakingNews, Picture, Section, Version
from articles.related import Related
from articles.share_links import share_links
from comments.models import Expert, ReaderComment

LONG = "A headline of two hundred characters, as a ministry would write it: " + "on the further course " * 6
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
TOKEN = re.compile(r"^\s+(--[\w-]+): (.+);$", re.MULTILINE)
IN_LISTS = {"sizes": "(min-width: 40rem) 13rem, 7rem", "ratio": "4x3"}


@dataclass(frozen=True)
class Component:
    """One file of `templates/`, with each of its states: pairs of a name and the HTML."""

    file: str
    states: list

    @property
    def key(self):
        return re.sub(r"\W+", "-", self.file)


def colours():
    return [name for name, value in _tokens() if "#" in value]


def measures():
    return [(name, value) for name, value in _tokens() if "#" not in value]


def components():
    """Return all of them, in the order in which a reader meets them."""
    return [
        _of("components/breaking.html", _bars()),
        _of("components/card.jinja", _cards()),
        _of("components/picture_figure.jinja", _figures()),
        _of("components/embed.jinja", _embeds()),
        _of("components/byline.jinja", _bylines()),
        _of("components/correction_note.jinja", _notes()),
        _one("components/sources.jinja", sources=SOURCES),
        _one("components/share.jinja", links=share_links(URL, "Troops"), url=URL, title="Troops"),
        _one("components/app_offer.html", app_links=APPS, organisation="AnewZ"),
        _of("components/line.jinja", _lines()),
        _one("components/related.jinja", related=_related()),
        _one("components/latest.jinja", latest=[_article("Another story"), _article(LONG)]),
        _one("components/brief.jinja", brief=_article("Morning Brief", _section("Brief")), heading="h3"),
        _of("components/story_list.jinja", _lists()),
        _one("components/timeline.jinja", groups=_groups(), page=_Page(older_url="#older"), empty=""),
        _of("components/pagination.jinja", _ways()),
        _one("components/days_around.html", earlier=date(2026, 11, 23), later=date(2026, 11, 26)),
        _one("components/changes.html", changes=CHANGES),
        _of("components/passage.html", _passages()),
        _one("components/problems.html", title="This cannot be sent", form=_wrong()),
        _of("components/field.html", {name: {"field": field} for name, field in _fields()}),
        _of("components/comment.jinja", _comments()),
        _one("comments/experts.jinja", experts=[Expert(name="Leyla M.", line="seismologist in Baku")]),
    ]


URL = "https://news.example/story/troops/"
DESCRIPTION = "A parade on a square at night: soldiers in white march past a stand."
EMBEDS = {
    "a video": Embed("https://www.youtube.com/watch?v=aaaaaaaaaaa", DESCRIPTION),
    "an upright video": Embed("https://www.tiktok.com/@ministry/video/7000000000000000000", DESCRIPTION),
    "a post": Embed("https://x.com/ministry/status/1", "The ministry writes: “Nothing of this is true.”"),
    "a recording": Embed("https://soundcloud.com/ministry/speech", "The speech, forty minutes."),
    "several recordings": Embed(
        "https://soundcloud.com/ministry/sets/speeches", "All speeches of that week."
    ),
    "a map": Embed("https://www.openstreetmap.org/#map=13/40.3667/49.8352", "The centre of Baku."),
    "described at length": Embed("https://vimeo.com/76979871", f"{DESCRIPTION} " * 4 + WORD),
    "of nobody whom we know": Embed("https://video.example/1", "A video at an address that has no frame."),
}
APPS = {"play_store": "https://play.example/", "app_store": "https://apps.example/"}
SOURCES = [
    {"name": "The court", "address": "https://court.example/", "note": "the ruling"},
    {"name": "Two officials who were in the room", "address": "", "note": ""},
]
CHANGES = [
    SimpleNamespace(part="headline", html=mark_safe("Troops <del>may have</del> fought <ins>in Kursk</ins>")),
    SimpleNamespace(part="paragraph", html=mark_safe("<ins>A paragraph that is new.</ins>")),
]


def _of(file, states):
    def html(taken):
        return rendered(file, **taken) if file.endswith(".jinja") else render_to_string(file, taken)

    return Component(file, [(name, mark_safe(html(taken))) for name, taken in states.items()])


def _one(file, **taken):
    return _of(file, {"": taken})


def _bars():
    article = _article("Power returns")
    bars = (
        BreakingNews(words="Power returns to Spain", article=article),
        BreakingNews(words="Polls are closed"),
    )
    bars[0].is_linked, bars[1].is_linked = True, False
    return {"with a story": {"news": bars[0]}, "without": {"news": bars[1]}}


def _cards():
    plain, pictured = _article("A story in a list"), _article("A story with a picture")
    pictured.picture = _picture()
    talked = _article("A story that was corrected and is talked about")
    talked.corrected_at, talked.comment_count = talked.published_at + timedelta(hours=2), 128
    card = {"heading": "h3", "variant": "card--row", "standfirst": True} | IN_LISTS
    return {
        "plain": card | {"article": plain},
        "with a picture": card | {"article": pictured},
        "corrected, with comments": card | {"article": talked},
        "without its section": card | {"article": plain, "unlabelled": True},
        "without a standfirst": card | {"article": plain, "standfirst": False},
        "a headline of 200 characters": card | {"article": _article(LONG)},
        "a word without end": card | {"article": _article(WORD)},
    }


def _figures():
    shown = {"picture": _picture(), "caption": "", "sizes": "(min-width: 46rem) 44rem, 100vw"}
    lacking = shown | {"picture": Picture(alt_text="", credit="")}
    return {"whole": shown, "without a credit, so it is not shown": lacking} if shown["picture"] else {}


def _embeds():
    numbered = enumerate(EMBEDS.items())
    return {name: {"embed": embed, "id": f"embed-{number}"} for number, (name, embed) in numbered}


def _bylines():
    article = _article("A story")
    changed = _article("A story")
    changed.changed_at = changed.published_at + timedelta(hours=3)
    authors = [Author(name="World desk", slug="world-desk"), Author(name="Leyla Mammadova", slug="leyla")]
    taken = {"article": article, "version": article.live_version, "version_count": 1, "authors": authors[:1]}
    return {
        "published": taken,
        "updated, by two": taken | {"article": changed, "version_count": 3, "authors": authors},
        "not published yet": taken | {"article": Article(), "version": Version(body="<p>Words.</p>")},
    }


def _notes():
    article = _article("A story")
    note = {"number": 2, "published_at": timezone.now(), "note": "An earlier version named the wrong month."}
    kinds = {"correction": Version.Kind.CORRECTION, "clarification": Version.Kind.CLARIFICATION}
    return {name: {"note": Version(kind=kind, **note), "article": article} for name, kind in kinds.items()}


def _lines():
    first, this = Entry(_article("How it began")), Entry(_article("What came of it"), is_this=True)
    whole, long = Line([first, this], has_more=False), Line([first, Entry(None), this], has_more=True)
    story = {"slug": "a-story", "headline": "What came of it"}
    return {"of two": story | {"line": whole}, "of many": story | {"line": long}}


def _groups():
    return [
        Group("November 2026", "#", "2026-11", [_article("One story"), _article("Another")]),
        Group("October 2026", "", "2026-10", [_article("An older one")]),
    ]


def _related():
    return [
        Related("What came before", "#", "The same war", timezone.now()),
        Related("A page elsewhere", "#", "Background"),
    ]


def _lists():
    stories = [_article("One story"), _article("Another")]
    return {
        "with stories": {"page": _Page(stories, older_url="#older"), "empty": ""},
        "empty": {"page": _Page(), "empty": "Nothing has been published here yet."},
    }


def _ways():
    return {
        "at the newest": {"page": _Page(older_url="#older")},
        "between": {"page": _Page(newer_url="#newer", older_url="#older")},
        "at the oldest": {"page": _Page(newer_url="#newer")},
    }


class _Page(list):
    """As much of a KeysetPage as lists show."""

    def __init__(self, items=(), newer_url=None, older_url=None):
        super().__init__(items)
        self.items, self.newer_url, self.older_url = list(items), newer_url, older_url


def _passages():
    return {
        "a paragraph": {"name": "", "words": "Nothing of the kind had come from Pyongyang before."},
        "the story as a whole": {"name": "The story as a whole", "words": ""},
    }


class _Form(forms.Form):
    name = forms.CharField(label="Your name", help_text="As it stands above your comment.")
    words = forms.CharField(label="Your words", widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def problems(self):
        return [(self[name].id_for_label, errors[0]) for name, errors in self.errors.items()]


def _wrong():
    return _dressed(_Form({"name": "", "words": ""}, auto_id="wrong_%s"))


def _fields():
    form, wrong = _dressed(_Form(auto_id="right_%s")), _dressed(_Form({"words": ""}, auto_id="missing_%s"))
    return [("with a hint", form["name"]), ("with room", form["words"]), ("wrong", wrong["words"])]


def _dressed(form):
    for field in form.fields.values():
        field.widget.attrs["class"] = "field__input"
    return form


def _comments():
    article, now = _article("A story"), timezone.now()
    article.pk = 0
    states, badges = ReaderComment.State, ReaderComment.Badge

    def comment(**values):
        stands = {"pk": 0, "user_name": "Aysel", "html": "<p>My uncle served on that border.</p>"}
        stands |= {"state": states.PUBLISHED, "published_at": now, "badge": "", "respect_count": 0}
        return {"comment": ReaderComment(**stands | values), "article": article, "is_open": True}

    expert = Expert(name="Leyla M.", line="seismologist in Baku")
    return {
        "published": comment(respect_count=12),
        "edited": comment(edited_at=now),
        "by the newsroom": comment(badge=badges.NEWSROOM, user_name="World desk"),
        "by an expert": comment(badge=badges.EXPERT, expert=expert, user_name="Leyla M."),
        "picked": comment(picked_at=now),
        "closed for answers": comment() | {"is_open": False},
        "held": comment(state=states.HELD),
        "removed": comment(state=states.REMOVED, removed_at=now, removal_reason="insult"),
        "withdrawn": comment(state=states.WITHDRAWN),
        "a name and words without end": comment(user_name=WORD, html=f"<p>{WORD * 3}</p>"),
    }


def _article(headline, section=None):
    version = Version(
        number=1,
        headline=headline,
        standfirst="One sentence that says what is new, and for whom it matters.",
        body="<p>Words.</p>",
    )
    return Article(
        slug="a-story",
        section=section or _section("World"),
        state=Article.State.PUBLISHED,
        live_version=version,
        published_at=timezone.now(),
    )


def _section(name):
    return Section(name=name, slug=name.lower())


def _picture():
    return Picture.objects.shown().order_by("pk").first()


def _tokens():
    return TOKEN.findall(Path(settings.BASE_DIR, "static", "css", "tokens.css").read_text())
