"""Questions that nearly every page asks: Django makes their SQL once in each process, not for each page.

Making it costs several times what the database needs to answer. What comes back are the rows of the
ordinary queryset, as instances of its models. What every comment changes is prepared alike.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.db.models.sql import UpdateQuery
from django.http import Http404

# What stands for the value number n while the SQL is made, and is found again among its parameters.
STAND_INS = {
    int: lambda n: 2_000_000_011 + n,  # within 32 bits: of a number that no row can have, no SQL is made
    str: lambda n: f"stand-in {n}",
    datetime: lambda n: datetime(1901, 1, 1, tzinfo=UTC) + timedelta(days=n),
    UUID: lambda n: UUID(int=2**100 + n),
}

LARGEST = 2**63 - 1  # of numbers that a column can hold


class Prepared:
    """Decorates a function that returns a queryset; calling it then answers.

    An answer is an iterator over instances, each made when it is asked for. Values are numbers, texts,
    UUIDs and instants, or lists of them for a condition `__in`, and none is None or empty; where a number
    is larger than columns hold, there is no row. What is handed over by its name, such as the size of a
    page, is part of the question. The function is called once for each question, and once for each length
    of a list: whatever else differs between two calls has to be among the values.
    """

    def __init__(self, queryset):
        self.queryset, self._plans = queryset, {}

    def __call__(self, *values, **parts):
        plan, here = self._plan_for(values, parts), connections[DEFAULT_DB_ALIAS]
        flat = _flat(values, here)
        if any(isinstance(value, int) and abs(value) > LARGEST for value in flat):
            return iter(())
        with _cursor(here) as cursor:
            cursor.execute(plan.sql, plan.params(flat))
            rows = cursor.fetchall()
        return (plan.instance(row, here) for row in rows)

    def _plan_for(self, values, parts):
        lengths = [len(value) if isinstance(value, list) else -1 for value in values]
        key = (*lengths, *parts.items())
        return self._plans.get(key) or self._plans.setdefault(key, self._planned(values, parts))

    def _planned(self, values, parts):
        number = count()
        stand_ins = [
            [_stand_in(one, number) for one in value] if isinstance(value, list) else _stand_in(value, number)
            for value in values
        ]
        adapted = _flat(stand_ins, connections[DEFAULT_DB_ALIAS])
        return self._plan_of(self.queryset(*stand_ins, **parts), adapted)

    def _plan_of(self, queryset, stand_ins):
        return _Plan(queryset, stand_ins)


class PreparedUpdate(Prepared):
    """Decorates a function that returns a queryset and the changes to its rows; calling it makes them.

    As `QuerySet.update` it sends no signal, changes nothing in memory, and returns how many rows there were.
    """

    def __call__(self, *values):
        plan, here = self._plan_for(values, {}), connections[DEFAULT_DB_ALIAS]
        with transaction.mark_for_rollback_on_error(), _cursor(here) as cursor:
            cursor.execute(plan.sql, plan.params(_flat(values, here)))
            return cursor.rowcount

    def _plan_of(self, change, stand_ins):
        return _Change(*change, stand_ins)


prepared, prepared_update = Prepared, PreparedUpdate


def one_or_404(rows):
    for row in rows:
        return row
    raise Http404


class _Statement:
    """The SQL that a compiler makes, and where in it the values stand."""

    def __init__(self, compiler, stand_ins):
        self.sql, params = compiler.as_sql()
        self._constants = [param for param in params if param not in stand_ins]
        self._order = _order(params, stand_ins)

    def params(self, values):
        pool = values + self._constants
        return [pool[index] for index in self._order]


class _Change(_Statement):
    def __init__(self, queryset, values, stand_ins):
        query = queryset.query.chain(UpdateQuery)
        query.add_update_values(values)
        super().__init__(query.get_compiler(queryset.db), stand_ins)


class _Plan(_Statement):
    """What a queryset asks, and how instances are made of its rows."""

    def __init__(self, queryset, stand_ins):
        if queryset._iterable_class is not ModelIterable or queryset._prefetch_related_lookups:
            raise TypeError("Only a queryset of instances can be prepared, and nothing is prefetched.")
        compiler = queryset.query.get_compiler(queryset.db)
        super().__init__(compiler, stand_ins)
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        here = connections[queryset.db]
        self._converters = [
            (index, [_quicker(converter, here) for converter in found], expression)
            for index, (found, expression) in converters.items()
        ]
        self._root = _Maker(compiler.klass_info, compiler.select, queryset.db)
        self._annotations = list(compiler.annotation_col_map.items())

    def instance(self, row, connection):
        row = list(row)
        for index, converters, expression in self._converters:
            if row[index] is not None:
                for converter in converters:
                    row[index] = converter(row[index], expression, connection)
        made = self._root.make(row)
        for name, index in self._annotations:
            setattr(made, name, row[index])
        return made


class _Maker:
    """Makes the instance of one model of each row, and of the models that were selected with it.

    As `Model.from_db` does for models that change neither it nor `__init__` and whose making no signal
    tells of. A column that was left behind is not there, and is loaded when it is asked for.
    """

    def __init__(self, info, select, alias):
        self._model, self._alias = info["model"], alias
        self._names = [(select[index][0].target.attname, index) for index in info["select_fields"]]
        self._key = dict(self._names)[self._model._meta.pk.attname]
        self._related = [
            (_Maker(related, select, alias), related["local_setter"], related["remote_setter"])
            for related in info.get("related_klass_infos", [])
        ]

    def make(self, row):
        if row[self._key] is None:
            return None
        made = self._model.__new__(self._model)
        made._state = state = ModelState()
        state.db, state.adding = self._alias, False
        fields = made.__dict__
        for name, index in self._names:
            fields[name] = row[index]
        for maker, set_here, set_there in self._related:
            other = maker.make(row)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made


def _cursor(connection):
    """Return a cursor of which a database that can keeps the plans, as Django keeps the SQL."""
    return getattr(connection, "planned_cursor", connection.cursor)()


def _quicker(converter, connection):
    """Return what does the same in a fifth of the time, for the instants of SQLite; else `converter`."""
    if connection.vendor == "sqlite" and converter == connection.ops.convert_datetimefield_value:
        return _instant_of_sqlite
    return converter


def _instant_of_sqlite(value, expression, connection):
    """Return the instant that Django wrote: in UTC, without saying so. What is computed comes as a text."""
    naive = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return naive.replace(tzinfo=UTC)


def _stand_in(value, number):
    return STAND_INS[type(value)](next(number))


def _order(params, stand_ins):
    """Return, for each parameter, where it stands in the values, behind which the constants come."""
    if missing := [stand_in for stand_in in stand_ins if stand_in not in params]:
        raise TypeError(f"The SQL does not have these values as they are: {missing}")
    place_of_constant = iter(range(len(stand_ins), len(stand_ins) + len(params)))
    return [stand_ins.index(param) if param in stand_ins else next(place_of_constant) for param in params]


def _flat(values, connection):
    """Return the values one after the other, as the database takes them."""
    flat = []
    for value in values:
        flat += value if isinstance(value, list) else [value]
    return [_adapted(value, connection) for value in flat]


def _adapted(value, connection):
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
