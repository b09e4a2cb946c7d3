from datetime import datetime

from django.core.management.color import no_style
from django.db import connection
from django.db.models import NOT_PROVIDED, DateTimeField, JSONField

_NO_DEFAULT = object()


class Table:
    """Rows of one model on their way into the database, past its `save`.

    `names` are the columns that each row gives, in this order; all others take the model's default.
    JSON is given as text, and text as the model would clean it.
    """

    def __init__(self, model, *names):
        opts = model._meta
        fields = [opts.get_field(name) for name in names]
        rest = [field for field in opts.local_concrete_fields if field not in fields]
        rest = [field for field in rest if not (field.primary_key and _numbers_itself(field))]
        self._constants = tuple(_default(field) for field in rest)
        self._fields = [*fields, *rest]
        self._model, self._rows = model, []

    def __len__(self):
        return len(self._rows)

    def add(self, *values):
        self._rows.append(values + self._constants)

    def write(self):
        """Insert what was added since the last time."""
        rows, self._rows = self._rows, []
        if rows:
            write = _insert if connection.vendor == "sqlite" else _copy
            write(self._model._meta.db_table, self._fields, rows)

    def go_on_counting(self):
        """Let the next row that is saved by itself come after those that brought their number along."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [self._model]):
                cursor.execute(statement)


def _numbers_itself(field):
    return field.get_internal_type().endswith("AutoField")


def _default(field):
    if field.default is NOT_PROVIDED:
        return None if field.null else ""
    value = field.default() if field.default in (list, dict) else field.default
    if callable(value):
        raise TypeError(f"{field}: give it a value; its default is another one each time.")
    return field.get_prep_value(value) if not isinstance(field, JSONField) else "[]"


def _insert(table, fields, rows):
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(["%s"] * len(fields))
    instants = [number for number, field in enumerate(fields) if isinstance(field, DateTimeField)]
    adapt = connection.ops.adapt_datetimefield_value
    plain = []
    for row in rows:
        row = list(row)
        for number in instants:
            if isinstance(row[number], datetime):
                row[number] = adapt(row[number])
        plain.append(row)
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({values})', plain)


def _copy(table, fields, rows):
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
