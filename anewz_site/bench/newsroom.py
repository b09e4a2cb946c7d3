"""The newsroom that is measured: of any size, with stories of which one knows how much they are discussed."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from random import Random

from django.conf import settings

from articles.demo.generated.grammar import pick
from articles.demo.generated.words import PLACES
from articles.models import Article, Section, Topic
from comments.generated.people import name_of
from comments.generated.talk import remark
from comments.models import ReaderComment
from comments.tests.many import make_many_comments
from comments.text import as_html

SEARCH = "search, a word that nearly all stories have"
DISCUSSED = (0, 50, 10_000)


def generate(size, **variables):
    manage("generate_newsroom", f"--articles={size}", f"--comments={2 * size}", **variables)


def manage(*command, **variables):
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def discussed_stories():
    """Return stories in the middle of the archive, by how many comments each has."""
    middle = Article.objects.visible().news().filter(comment_count=0).order_by("published_at")
    start = middle.count() // 2
    stories = dict(zip(DISCUSSED, middle[start : start + len(DISCUSSED)], strict=True))
    for count, story in filter(all, stories.items()):
        make_many_comments(story, count)
        let_them_speak(story)
    return stories


def let_them_speak(story):
    """Give the comments of a story names and words as long and as varied as those of readers are."""
    chance = Random(story.pk).random
    comments = list(ReaderComment.objects.filter(article=story))
    for number, comment in enumerate(comments):
        comment.user_name = name_of(int(1000 * chance()))
        comment.comment = remark(pick(PLACES, chance), chance, is_reply=number % 5 > 0)
        comment.html = as_html(comment.comment)
    ReaderComment.objects.bulk_update(comments, ["user_name", "comment", "html"], batch_size=500)


def kinds_of_page(stories):
    newest = Article.objects.visible().news().newest_first()
    section = Section.objects.filter(is_brief=False).first()
    topic = Topic.objects.filter(articles__isnull=False).first()
    story = stories[50].get_absolute_url()
    author = newest.first().bylines.first().author
    return {
        "home": "/",
        "latest": "/latest/",
        "section": section.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "author": author.get_absolute_url(),
        "story, no comments": stories[0].get_absolute_url(),
        "story, 50 comments": story,
        "story, 10,000 comments": stories[10_000].get_absolute_url(),
        "thread, oldest first": f"{story}comments/?order=oldest",
        "history": f"{story}history/",
        "corrections": "/corrections/",
        "feed": "/feed.xml",
        SEARCH: "/search/?q=the",
        "search, best match": "/search/?q=the&order=best",
        "search, in a topic": f"/search/?q=the&topic={topic.slug}",
        "search, nothing found": "/search/?q=zebra",
    }


@contextmanager
def archive_of(size, kept_in=None):
    """Make a newsroom of this size in a database of its own; gives the variables that lead there.

    In the folder `kept_in` it stays for the next time: a million stories take a while to make.
    """
    folder = Path(kept_in or settings.DATA_DIR, f"archive-{size}").absolute()
    variables = {"DATA_DIR": str(folder)}
    folder.mkdir(parents=True, exist_ok=True)
    static = folder / "static"
    static.unlink(missing_ok=True)
    static.symlink_to(settings.STATIC_ROOT)
    try:
        manage("migrate", "--verbosity=0", **variables)
        if not (folder / "is-whole").exists():
            generate(size, **variables)
            (folder / "is-whole").touch()
        yield variables
    finally:
        if not kept_in:
            shutil.rmtree(folder)
