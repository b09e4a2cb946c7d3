"""Which index finds what a page lists: none sorts or reads all that a newsroom ever published.

On a table of some hundred rows PostgreSQL would rather read it all; asked not to, it shows what it could do.
By which of several good indexes hangs on its samples there, so SQLite alone is asked for the names.
"""

import re
from io import StringIO
from unittest import skipIf

from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from articles.models import Article, Author, HomeSlot, LineListing, Section, Topic
from articles.tests.factories import make_account
from comments.models import ReaderComment

BIG = (
    "articles_article",
    "articles_version",
    "articles_topiclisting",
    "articles_authorlisting",
    "articles_linelisting",
    "articles_lineplace",
    "articles_article_topics",
    "articles_byline",
    "articles_logentry",
    "articles_errorreport",
    "comments_readercomment",
    "django_comments",
    "comments_moderationact",
)
# What one story, one comment or a span of time has of something is few, however old the newsroom is.
FEW = re.compile(
    r"\((article_id|rowid|id|version_id|comment_id)=\?|published_at>\? AND published_at<\?|\(at>\?\)"
)
UNWANTED = ("enable_seqscan", "enable_sort", "enable_bitmapscan")  # which few rows make worth while
AFTER_2000, BEFORE_2050 = "?after=946684800000000-1", "?before=2524608000000000-1"


def pages():
    """Return each kind of page that lists: name, address, the table, and the index that finds its rows."""
    section = Section.objects.first().get_absolute_url()
    topic, author = Topic.objects.first().get_absolute_url(), Author.objects.first().get_absolute_url()
    story = Article.objects.visible().order_by("-comment_count").first()
    in_line = LineListing.objects.latest("pk").article.get_absolute_url()
    of_line = ("articles_linelisting", "newest_of_line")
    thread, last = (
        f"{story.get_absolute_url()}comments/",
        ReaderComment.objects.filter(article=story).last(),
    )
    stories = ("articles_article", "article_newest")
    of_section = ("articles_article", "article_newest_in_section")
    of_topic = ("articles_topiclisting", "newest_of_topic")
    of_author = ("articles_authorlisting", "newest_of_author")
    notes = ("articles_version", "version_public_notes")
    comments, api = "comments_readercomment", "/api/v1/stories/"
    return [
        ("home", "/", *of_section),
        ("latest", "/latest/", *stories),
        ("latest, older", f"/latest/{BEFORE_2050}", *stories),
        ("latest, newer", f"/latest/{AFTER_2000}", *stories),
        ("archive, a day", "/archive/2025/12/30/", *stories),
        ("archive, a day, older", f"/archive/2025/12/30/{BEFORE_2050}", *stories),
        ("archive, a day, newer", f"/archive/2025/12/30/{AFTER_2000}", *stories),
        ("section", section, *of_section),
        ("section, older", f"{section}{BEFORE_2050}", *of_section),
        ("section, newer", f"{section}{AFTER_2000}", *of_section),
        ("topic", topic, *of_topic),
        ("topic, older", f"{topic}{BEFORE_2050}", *of_topic),
        ("topic, newer", f"{topic}{AFTER_2000}", *of_topic),
        ("author", author, *of_author),
        ("author, corrections", author, "articles_authorlisting", "corrected_of_author"),
        ("author, older", f"{author}{BEFORE_2050}", *of_author),
        ("author, newer", f"{author}{AFTER_2000}", *of_author),
        ("story in a line", in_line, *of_line),
        ("line", f"{in_line}line/", *of_line),
        ("line, older", f"{in_line}line/{BEFORE_2050}", *of_line),
        ("line, newer", f"{in_line}line/{AFTER_2000}", *of_line),
        ("corrections", "/corrections/", *notes),
        ("corrections, older", f"/corrections/{BEFORE_2050}", *notes),
        ("corrections, newer", f"/corrections/{AFTER_2000}", *notes),
        ("corrections feed", "/corrections/feed.xml", *notes),
        ("feed", "/feed.xml", *stories),
        ("section feed", f"{section}feed.xml", *of_section),
        ("thread", thread, comments, "comment_in_reading_order"),
        ("thread, later", f"{thread}?from={last.pk}", comments, "comment_in_reading_order"),
        ("thread, oldest", f"{thread}?order=oldest", comments, "threads_by_age"),
        ("thread, respected", f"{thread}?order=respected", comments, "threads_by_respect"),
        ("thread feed", f"{thread}feed.xml", comments, "comments_by_time"),
        ("API, stories", api, *stories),
        ("API, of a section, older", f"{api}?section={story.section.slug}&{BEFORE_2050[1:]}", *of_section),
        ("API, of a topic, newer", f"{api}{AFTER_2000}&topic={Topic.objects.first().slug}", *of_topic),
        ("API, thread", f"{api}{story.slug}/thread/?from={last.pk}", comments, "comment_in_reading_order"),
    ]


def desk_lists():
    """Return the lists of the desk that grow with the newsroom: name, address, index."""
    stories, section = "/admin/articles/article/", Section.objects.first().pk
    return [
        ("stories", stories, "article_touched"),
        ("stories, later", f"{stories}?p=3", "article_touched"),
        ("stories in review", f"{stories}?state=in_review", "article_touched_in_state"),
        ("stories published", f"{stories}?state=published", "article_touched_in_state"),
        ("stories of one section", f"{stories}?section={section}", "article_touched_in_section"),
        ("log", "/admin/articles/logentry/", "log_by_time"),
    ]


def others():
    """Return pages that list nothing by themselves, and must read through nothing either."""
    story = Article.objects.visible().order_by("-comment_count").first()
    corrected = Article.objects.visible().filter(corrected_at__isnull=False).first()
    return [
        ("story", story.get_absolute_url()),
        ("story that was corrected", corrected.get_absolute_url()),
        ("history", f"{corrected.get_absolute_url()}history/"),
        ("transparency", "/transparency/"),
        ("archive", "/archive/"),
        ("archive, a month", "/archive/2025/12/"),
        ("search", "/search/?q=the"),
        ("search, best match", "/search/?q=the&order=best"),
        ("search, nothing found", "/search/?q=zebra"),
        ("API, story", f"/api/v1/stories/{corrected.slug}/"),
        ("API, search", "/api/v1/search/?q=the&order=best"),
        ("withdrawn", Article.objects.gone().first().get_absolute_url()),
    ]


class QueryPlanTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        silent = StringIO()
        options = {"articles": 600, "comments": 1200, "stdout": silent, "stderr": silent}
        call_command("generate_newsroom", **options)
        HomeSlot.objects.filter(order__gt=3).delete()  # so that the newest stories fill the home page

    def plans_of(self, address):
        """Ask for a page; return its queries, each with its plan line by line."""
        asked = []

        def note(execute, sql, params, many, context):
            asked.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            self.assertIn(self.client.get(address).status_code, (200, 410))
        return [(sql, plan_of(sql, params)) for sql, params in asked if sql.startswith("SELECT")]

    @skipIf(connection.vendor == "postgresql", "it may choose others on so few rows")
    def test_an_index_finds_what_a_page_lists(self):
        for name, address, table, index in pages():
            with self.subTest(page=name):
                asked = self.plans_of(address)
                lists = [plan for sql, plan in asked if main_table(sql) == table and "LIMIT" in sql]
                found = [plan for plan in lists if finds(plan, index)]
                self.assertTrue(found, lists)

    @skipIf(connection.vendor == "postgresql", "it may choose others on so few rows")
    def test_an_index_finds_what_the_desk_lists(self):
        self.client.force_login(make_account())
        for name, address, index in desk_lists():
            with self.subTest(list=name):
                lists = [plan for sql, plan in self.plans_of(address) if "LIMIT 50" in sql]
                self.assertTrue([plan for plan in lists if finds(plan, index)], lists)

    def test_no_page_reads_through_a_large_table_or_sorts_it(self):
        for name, address in [*((name, address) for name, address, _, _ in pages()), *others()]:
            for sql, plan in self.plans_of(address):
                with self.subTest(page=name, sql=sql[:2000], plan=plan):
                    self.assertEqual([line for line in plan if reads_all(line)], [])
                    self.assertFalse(sorts_many(plan))


def plan_of(sql, params):
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for setting in () if is_sqlite else UNWANTED:
            cursor.execute(f"SET LOCAL {setting} = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{sql}", params)
        lines = [row[-1] for row in cursor.fetchall()]
        for setting in () if is_sqlite else UNWANTED:
            cursor.execute(f"SET LOCAL {setting} = on")
    return lines


def main_table(sql):
    """Return the first table behind the columns of the query itself, past those of queries within."""
    depth, words = 0, re.finditer(r"\(|\)|\bFROM \"(\w+)\"", sql)
    for word in words:
        depth += {"(": 1, ")": -1}.get(word[0], 0)
        if word[1] and depth == 0:
            return word[1]
    return ""


def finds(plan, index):
    """Whether rows come from the index as they are listed: nothing is sorted, no large table is read."""
    text = "\n".join(plan)
    is_used = re.search(rf"\b{index}\b", text) and not re.search("Seq Scan|Sort|TEMP B-TREE", text)
    return bool(is_used) and not any(
        re.match(rf"SCAN (?!\w+ USING .*\b{index}\b)", line) and reads_all(line) for line in plan
    )


def reads_all(line):
    scanned = re.match(r"SCAN (\w+)|.*Seq Scan on (\w+)", line)
    return bool(scanned) and (scanned[1] or scanned[2]) in BIG


def sorts_many(plan):
    """Whether rows are sorted of which there are more the older the newsroom is."""
    if not any("TEMP B-TREE FOR" in line for line in plan):
        return False  # PostgreSQL sorts few rows just as well where it could do without
    outermost = re.match(r"(?:SEARCH|SCAN) (\w+)", plan[0])
    return bool(outermost) and outermost[1] in BIG and not FEW.search(plan[0])
