"""Which change of which row makes which pages old: written down by triggers in the database itself.

Python can be walked around: a queryset's update(), a shell, another program. A trigger
cannot, and its line in the journal (`articles.models.Change`) is there if, and only if, the
change is. `install` runs after every migrate and changes nothing where all is in place.

A subject is what pages say that they show, see `articles.kept.subjects`.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

from django.utils import timezone

from articles.kept.subjects import OF_EVERYTHING
from articles.models import Change


@dataclass(frozen=True)
class Mark:
    """Rows of `table`: a change in one of `columns` (in any, with none) makes pages old.

    In the SQL `{row}` is the row, before or after. `subjects` are SELECTs, each of one column.
    `seen` says whether readers can see anything of a row. Of what `is_taken_hard` a change from seen to
    unseen is hard: it takes words from readers, while a row that only places them comes and goes.
    """

    table: str
    subjects: tuple[str, ...]
    columns: tuple[str, ...] = ()
    seen: str = "TRUE"
    name: str = ""
    is_taken_hard: bool = False

    @property
    def prefix(self):
        return f"{self.table}_mark{self.name}_"


STORY = "SELECT 'story:' || {row}.id"
LISTS_OF_STORY = (
    "SELECT 'stories'",
    "SELECT 'corrections'",
    "SELECT 'section:' || {row}.section_id",  # the lists of topics and authors are tables of their own
)
ROW_OF_STORY = ("SELECT 'story:' || {row}.article_id",)
BESIDE_IN_LINE = (
    "EXISTS (SELECT 1 FROM articles_linelisting other"
    " WHERE other.line = {row}.line AND other.article_id <> {row}.article_id)"
)
DAY = "CAST({row}.day AS text)"

MARKS = [
    Mark(
        "articles_article",
        (STORY, "SELECT 'every-story'"),
        columns=(
            "slug",
            "section_id",
            "picture_id",
            "takes_comments",
            "state",
            "live_version_id",
            "published_at",
            "changed_at",
            "corrected_at",
            "withdrawn_at",
            "withdrawal_notice",
        ),
        seen="{row}.state IN ('published', 'withdrawn')",
    ),
    Mark(
        "articles_article",
        (STORY, *LISTS_OF_STORY),
        columns=("state", "published_at", "section_id"),
        seen="{row}.state = 'published'",
        name="_lists",
        is_taken_hard=True,
    ),
    Mark(
        "articles_article",
        ("SELECT 'count:' || {row}.id",),
        columns=("comment_count",),
        seen="{row}.state = 'published'",
        name="_count",
    ),
    Mark(
        "articles_version",
        (*ROW_OF_STORY, "SELECT 'corrections' WHERE {row}.kind IN ('correction', 'clarification')"),
        seen="{row}.sealed_at IS NOT NULL",
    ),
    Mark(
        "articles_recall",
        ("SELECT 'story:' || article_id FROM articles_version WHERE id = {row}.version_id",),
    ),
    Mark("articles_byline", ROW_OF_STORY),
    Mark("articles_article_topics", ROW_OF_STORY),
    Mark("articles_topiclisting", ("SELECT 'topic:' || {row}.topic_id",)),
    Mark("articles_authorlisting", ("SELECT 'author:' || {row}.author_id",)),
    # With nothing published beside it a story shows no line, so a draft that continues it empties no page.
    # But where it stands in the line of another story its own page has to know of that line from then on.
    Mark(
        "articles_linelisting",
        (
            f"SELECT 'line:' || {{row}}.line WHERE {BESIDE_IN_LINE}",
            "SELECT 'line:' || {row}.article_id"
            f" WHERE {{row}}.line <> {{row}}.article_id OR {BESIDE_IN_LINE}",
        ),
    ),
    Mark("articles_relatedstory", ROW_OF_STORY),
    Mark("articles_oldaddress", ROW_OF_STORY),
    Mark(
        "articles_errorreport",
        ("SELECT 'story:' || article_id FROM articles_version WHERE id = {row}.correction_id",),
        columns=("correction_id",),
    ),
    Mark(
        "articles_picture",
        (
            "SELECT 'story:' || id FROM articles_article WHERE picture_id = {row}.id",
            "SELECT DISTINCT 'every-story' FROM articles_article WHERE picture_id = {row}.id",
            "SELECT 'story:' || version.article_id FROM articles_version_pictures stands"
            " JOIN articles_version version ON version.id = stands.version_id"
            " WHERE stands.picture_id = {row}.id AND version.sealed_at IS NOT NULL",
        ),
    ),
    Mark(
        "articles_archiveday",
        ("SELECT 'archive'", f"SELECT 'day:' || {DAY}", f"SELECT 'month:' || substr({DAY}, 1, 7)"),
        columns=("stories",),
    ),
    Mark("articles_archiveday", ("SELECT 'days'",), columns=("day",), name="_days"),
    Mark("articles_author", ("SELECT 'author:' || {row}.id",)),
    Mark("articles_topic", ("SELECT 'topic:' || {row}.id",)),
    Mark("articles_homeslot", ("SELECT 'home'",)),
    Mark("articles_section", ("SELECT 'frame'", "SELECT 'section:' || {row}.id")),
    Mark("articles_breakingnews", ("SELECT 'frame'",)),
    # A bar links to its story while readers see that, and goes with it when it is withdrawn.
    Mark(
        "articles_article",
        ("SELECT DISTINCT 'frame' FROM articles_breakingnews WHERE article_id = {row}.id",),
        columns=("state", "published_at", "slug"),
        seen="{row}.state = 'published'",
        name="_bar",
        is_taken_hard=True,
    ),
    Mark("articles_page", ("SELECT 'page:' || {row}.id",)),
    Mark("articles_page", ("SELECT 'frame'",), columns=("slug", "title", "order"), name="_frame"),
]


def mark(*args, **kwargs):
    """Add a mark on a table of another app; call it from that app's ready()."""
    added = Mark(*args, **kwargs)
    if added not in MARKS:
        MARKS.append(added)


def install(connection):
    """Give each table its triggers, and take away those that were written otherwise."""
    tables = set(connection.introspection.table_names())
    if "articles_change" not in tables:
        return
    vendor = _of(connection)
    with connection.cursor() as cursor:
        cursor.execute(vendor.existing)
        existing = {name: table for name, table in cursor.fetchall()}
        wanted = {}
        for mark in MARKS:
            if mark.table in tables:
                for act in _ACTS:
                    body = _body(mark, act, vendor)
                    digest = blake2b(body.encode(), digest_size=4).hexdigest()
                    wanted[f"{mark.prefix}{act.lower()}_{digest}"] = (mark, act, body)
        for name, table in existing.items():
            if name not in wanted:
                for statement in vendor.remove:
                    cursor.execute(statement.format(name=name, table=table))
        for name, (mark, act, body) in wanted.items():
            if name not in existing:
                when = _when(mark, act, vendor)
                for statement in vendor.create:
                    cursor.execute(
                        statement.format(name=name, table=mark.table, act=act, when=when, body=body)
                    )


@contextmanager
def paused(connection):
    """Write nothing down while rows come in by the million; afterwards every list counts as changed."""
    vendor = _of(connection)
    with connection.cursor() as cursor:
        cursor.execute(vendor.existing)
        for name, table in cursor.fetchall():
            for statement in vendor.remove:
                cursor.execute(statement.format(name=name, table=table))
    try:
        yield
    finally:
        install(connection)
        columns, values = "subject, is_hard, transaction_id", f"%s, TRUE, {vendor.transaction}"
        sql = f"INSERT INTO articles_change ({columns}) VALUES ({values})"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(subject,) for subject in OF_EVERYTHING])


def forget_old_changes():
    """Whoever has not looked for an hour begins anew, see `watch.FORGET_S`."""
    Change.objects.forget(timezone.now() - timedelta(hours=1))


def _of(connection):
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


_ACTS = ("INSERT", "UPDATE", "DELETE")
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def _when(mark, act, vendor):
    seen = " OR ".join(f"({mark.seen.format(row=row)})" for row in _ROWS[act])
    if act != "UPDATE" or not mark.columns:
        return seen
    differs = " OR ".join(f'OLD."{name}" {vendor.differs} NEW."{name}"' for name in mark.columns)
    return f"({differs}) AND ({seen})"


def _body(mark, act, vendor):
    rows = _ROWS[act]
    subjects = " UNION ".join(subject.format(row=row) for row in rows for subject in mark.subjects)
    is_hard = {
        "INSERT": "FALSE",
        "UPDATE": f"({mark.seen.format(row='OLD')}) AND NOT ({mark.seen.format(row='NEW')})",
        "DELETE": mark.seen.format(row="OLD"),
    }[act if mark.is_taken_hard else "INSERT"]
    when = _when(mark, act, vendor)  # here for the digest: a trigger whose condition changed is another one
    return (
        f"INSERT INTO articles_change (subject, is_hard, transaction_id) "
        f"SELECT marked.subject, {is_hard}, {vendor.transaction} "
        f"FROM (SELECT '' AS subject WHERE FALSE UNION {subjects}) marked "
        f"WHERE marked.subject IS NOT NULL /* {when} */"
    )


@dataclass(frozen=True)
class _Vendor:
    differs: str
    transaction: str
    existing: str
    create: tuple[str, ...]
    remove: tuple[str, ...]


_SQLITE = _Vendor(
    differs="IS NOT",
    transaction="NULL",
    existing=(
        "SELECT name, tbl_name FROM sqlite_master"
        " WHERE type = 'trigger' AND name LIKE '%\\_mark\\_%' ESCAPE '\\'"
    ),
    create=("CREATE TRIGGER {name} AFTER {act} ON {table} WHEN {when} BEGIN {body}; END",),
    remove=("DROP TRIGGER {name}",),
)
_POSTGRESQL = _Vendor(
    differs="IS DISTINCT FROM",
    transaction="pg_current_xact_id()::text::bigint",
    existing=(
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgname LIKE '%\\_mark\\_%'"
    ),
    create=(
        "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN {body}; RETURN NULL; END $$",
        "CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
    ),
    remove=("DROP TRIGGER {name} ON {table}", "DROP FUNCTION {name}()"),
)
