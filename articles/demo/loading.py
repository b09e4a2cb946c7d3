"""Brings the demonstration newsroom into an empty database, by the acts that editors use."""

import re
from datetime import timedelta

from django.core.files import File
from django.db import transaction
from django.utils.text import slugify

from articles import error_reports, publishing
from articles.demo import newsroom, texts
from articles.demo.accounts import create_accounts
from articles.models import (
    Article,
    Author,
    Byline,
    ErrorReport,
    HomeSlot,
    Page,
    Picture,
    RelatedStory,
    Section,
    Topic,
)
from articles.passages import passages_of

PICTURES = texts.HERE / "pictures"
FIGURE = re.compile(r'(<figure data-picture=")([^"]+)(">)')
WRITING_TIME = timedelta(minutes=40)  # how long before its publication a story was begun


class NotEmpty(Exception):
    """There is a newsroom already: the demonstration would mix with it."""


@transaction.atomic
def load():
    """Load everything, or nothing. Raises `NotEmpty` where a section or a story exists."""
    if Section.objects.exists() or Article.objects.exists():
        raise NotEmpty
    accounts = create_accounts()
    chief = accounts[newsroom.ADMINISTRATOR]
    _furnish()
    stories = texts.stories()
    pictures = _take_in_pictures(chief)
    for text in stories:
        _publish(text, pictures, chief)
    for text in texts.reports():
        _report(text, chief)
    for text in texts.corrections():
        _correct(text, chief)
    for text in stories:
        _relate(text)
        _continue(text, chief)
    _fill_home()


def _furnish():
    for order, name in enumerate([*newsroom.SECTIONS, newsroom.BRIEF], start=1):
        is_brief = name == newsroom.BRIEF
        Section.objects.create(name=name, slug=slugify(name), order=order, is_brief=is_brief)
    for name, introduction in newsroom.TOPICS.items():
        Topic.objects.create(name=name, slug=topic_slug(name), introduction=introduction)
    for name, role, biography in newsroom.DESKS:
        Author.objects.create(name=name, slug=slugify(name), role=role, biography=biography, is_desk=True)
    for text in texts.pages():
        Page.objects.create(slug=text.slug, title=text["Title"], body=text.body, order=int(text["Order"]))


def topic_slug(name):
    """Return the address of a topic; a dash between two names parts them there too."""
    return slugify(name.replace("–", "-"))


def _take_in_pictures(by):
    """Store the drawings as an upload is stored, and return them by name."""
    return {text.slug: _take_in(text, by) for text in texts.pictures()}


def _take_in(text, by):
    focal_x, focal_y = map(int, text["Focus"].split())
    with (PICTURES / f"{text.slug}.jpg").open("rb") as file:
        return Picture.objects.create(
            original=File(file),
            alt_text=text["Alt"],
            caption=text["Caption"],
            credit=newsroom.CREDIT,
            focal_x=focal_x,
            focal_y=focal_y,
            uploaded_by=by,
        )


def _publish(text, pictures, by):
    article = Article(
        slug=text.slug,
        section=Section.objects.get(name=text["Section"]),
        picture=pictures[text["Picture"]],
        takes_comments=text["Comments"] != "no",
    )
    publishing.save_draft(
        article,
        by,
        now=text.published_at - WRITING_TIME,
        headline=text["Headline"],
        standfirst=text["Standfirst"],
        dateline=text["Dateline"],
        body=_with_tokens(text.body, pictures),
        sources=text.sources,
    )
    Byline.objects.create(article=article, author=Author.objects.get(name=text["Author"]))
    article.topics.set(Topic.objects.get(name=name) for name in text.every("Topic"))
    publishing.publish(article, by, now=text.published_at)


def _with_tokens(body, pictures):
    """Give each figure in the text, which names a drawing, the token under which it is stored."""
    return FIGURE.sub(lambda figure: figure[1] + pictures[figure[2]].token + figure[3], body)


def _report(text, by):
    """Let a reader report an error; where the file says so, `by` begins to look at it."""
    version = Article.objects.get(slug=text["Story"]).live_version
    [passage] = [passage for passage in passages_of(version) if text["Passage"] in passage.words]
    secret = error_reports.send(version, passage, secret="", words=text.body, now=text.instant("Received"))
    if text["Taken"]:
        report = ErrorReport.objects.get(secret_hash=error_reports.hash_of(secret))
        error_reports.take(report, by, now=text.instant("Taken"))


def _correct(text, by):
    article = Article.objects.get(slug=text.corrected_slug)
    wrong = article.live_version.body
    if wrong.count(text["Find"]) != 1:
        raise ValueError(f"{text.slug}: the words to correct are not there, or there twice.")
    body = wrong.replace(text["Find"], text.body)
    publishing.save_draft(article, by, now=text.published_at - timedelta(minutes=5), body=body)
    now = text.published_at
    correction = publishing.correct(article, by, note=text["Note"], now=now)
    error_reports.answer_with(correction, error_reports.open_for(article), by, now=now)


def _relate(text):
    for order, (slug, reason) in enumerate(text.related, start=1):
        RelatedStory.objects.create(
            article=Article.objects.get(slug=text.slug),
            target=Article.objects.get(slug=slug),
            reason=reason,
            order=order,
        )


def _continue(text, by):
    if text["Continues"]:
        earlier = Article.objects.get(slug=text["Continues"])
        publishing.continue_story(Article.objects.get(slug=text.slug), by, earlier, now=text.published_at)


def _fill_home():
    for order, slug in enumerate(newsroom.HOME, start=1):
        HomeSlot.objects.create(order=order, article=Article.objects.get(slug=slug))
