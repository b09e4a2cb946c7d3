"""Rows that nobody may change or delete, held by triggers in the database itself.

Python can be walked around: a queryset's update(), a shell, another program. A
trigger cannot, short of removing it. SQLite drops the triggers of a table that a
migration rebuilds, so `install` runs after every migrate and changes nothing
where all is in place.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    table: str
    when: str  # a condition on OLD, the row as it stood

    @property
    def message(self):
        return f"{self.table}: this row is final"


RULES = [
    Rule("articles_version", "OLD.sealed_at IS NOT NULL"),
    Rule("articles_logentry", "TRUE"),
    Rule("articles_recall", "TRUE"),
    # Once answered, and once its sender is forgotten.
    Rule("articles_errorreport", "OLD.decided_at IS NOT NULL AND OLD.name = '' AND OLD.email = ''"),
    Rule("articles_previewopening", "TRUE"),
]


def protect(table, when="TRUE"):
    """Add a table of another app; call it from that app's ready()."""
    rule = Rule(table, when)
    if rule not in RULES:
        RULES.append(rule)


def install(connection):
    _run(connection, _SQLITE_INSTALL if connection.vendor == "sqlite" else _POSTGRESQL_INSTALL)


def remove(connection):
    """Take the protection off, for a test database that is about to be emptied."""
    _run(connection, _SQLITE_REMOVE if connection.vendor == "sqlite" else _POSTGRESQL_REMOVE)


def _run(connection, statements):
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for rule in RULES:
            if rule.table in tables:
                for statement in statements:
                    cursor.execute(statement.format(rule=rule))


_SQLITE_INSTALL = [
    f"""
    CREATE TRIGGER IF NOT EXISTS {{rule.table}}_final_{act.lower()} BEFORE {act} ON {{rule.table}}
    WHEN {{rule.when}} BEGIN SELECT RAISE(ABORT, '{{rule.message}}'); END
    """
    for act in ("UPDATE", "DELETE")
]
_SQLITE_REMOVE = [f"DROP TRIGGER IF EXISTS {{rule.table}}_final_{act}" for act in ("update", "delete")]

_POSTGRESQL_INSTALL = [
    """
    CREATE OR REPLACE FUNCTION {rule.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE restrict_violation USING MESSAGE = '{rule.message}'; END $$
    """,
    """
    CREATE OR REPLACE TRIGGER {rule.table}_final_row BEFORE UPDATE OR DELETE ON {rule.table}
    FOR EACH ROW WHEN ({rule.when}) EXECUTE FUNCTION {rule.table}_refuse()
    """,
    """
    CREATE OR REPLACE TRIGGER {rule.table}_final_table BEFORE TRUNCATE ON {rule.table}
    FOR EACH STATEMENT EXECUTE FUNCTION {rule.table}_refuse()
    """,
]
_POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS {{rule.table}}_final_{scope} ON {{rule.table}}" for scope in ("row", "table")
]
