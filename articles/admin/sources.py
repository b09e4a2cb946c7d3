"""Asks for the sources of a story: a row for each, and two empty ones."""

from django import forms

from articles import sources

EMPTY_ROWS = 2


class SourcesWidget(forms.Widget):
    template_name = "admin/articles/article/sources.html"

    def value_from_datadict(self, data, files, name):
        rows = []
        while len(rows) <= sources.MOST and f"{name}-{len(rows)}-name" in data:
            prefix = f"{name}-{len(rows)}-"
            rows.append({field: data.get(prefix + field, "") for field in sources.FIELDS})
        return rows

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-0-name" not in data

    def id_for_label(self, id_):
        return f"{id_}-0-name"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *[{}] * EMPTY_ROWS][: sources.MOST]
        context["rows"] = [
            {"prefix": f"{name}-{number}-", "number": number + 1, "row": row}
            for number, row in enumerate(rows)
        ]
        context["longest"] = sources.LONGEST
        return context


class SourcesField(forms.Field):
    widget = SourcesWidget

    def to_python(self, value):
        return sources.tidy(value or [])

    def validate(self, value):
        sources.check(value)

    def has_changed(self, initial, data):
        return sources.tidy(initial or []) != sources.tidy(data or [])
