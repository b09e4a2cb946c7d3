"""Holds answers of the interface to `openapi.json`, with the words of JSON Schema that the file uses.

A closed reader: a field that is not described is a fault here, though the file leaves room for fields
to come. So nothing new gets out without somebody having written down that it does.
"""

import json
import re
from datetime import datetime
from urllib.parse import urlsplit

OF_SCHEMAS = {
    *("$ref", "anyOf", "const", "description", "enum", "format", "items", "maxLength", "minimum"),
    *("pattern", "properties", "required", "type"),
}
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class NotAsDescribed(AssertionError):
    pass


class Description:
    """`seen` gathers, of each field that was checked, its schema and name where it was not null."""

    def __init__(self, text):
        self.whole, self.seen = json.loads(text), set()

    @property
    def paths(self):
        return self.whole["paths"]

    @property
    def schemas(self):
        return self.whole["components"]["schemas"]

    def resolve(self, described):
        while "$ref" in described:
            found = self.whole
            for name in described["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            described = found
        return described

    def check_answer(self, path, response):
        """Hold one answer to what is described for its path and status. Raises NotAsDescribed."""
        where = f"{path} {response.status_code}"
        described = self.paths[path]["get"]["responses"].get(str(response.status_code))
        _demand(described is not None, where, "no such status is described")
        described = self.resolve(described)
        for name in described.get("headers", {}):
            _demand(name == "Link" or name in response, where, f"the header {name} is missing")
        content = described.get("content")
        if content is None:
            _demand(response.content == b"", where, "no body is described")
            return
        kind = response["Content-Type"]
        _demand(kind in content, where, f"{kind} is not described")
        self.check(json.loads(response.content), content[kind]["schema"], where)

    def check(self, value, schema, where):
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = self.resolve(schema)
        _demand(schema.keys() <= OF_SCHEMAS, where, f"words that nobody checks: {schema.keys() - OF_SCHEMAS}")
        if "anyOf" in schema:
            self._check_any(value, schema["anyOf"], where)
            return
        types = schema.get("type", [])
        types = types if isinstance(types, list) else [types]
        _demand(any(_is(value, one) for one in types) or not types, where, f"{value!r} is not {types}")
        if "const" in schema:
            _demand(value == schema["const"], where, f"{value!r} is not {schema['const']!r}")
        if "enum" in schema:
            _demand(value in schema["enum"], where, f"{value!r} is none of {schema['enum']}")
        if isinstance(value, dict) and "properties" in schema:
            self._check_object(value, schema, where, name)
        if isinstance(value, list):
            for number, item in enumerate(value):
                self.check(item, schema["items"], f"{where}[{number}]")
        if isinstance(value, str):
            _check_text(value, schema, where)
        if isinstance(value, int) and "minimum" in schema:
            _demand(value >= schema["minimum"], where, f"{value} is less than {schema['minimum']}")

    def _check_object(self, value, schema, where, name):
        properties = schema["properties"]
        unknown, missing = value.keys() - properties.keys(), set(schema["required"]) - value.keys()
        _demand(not unknown, where, f"not described: {sorted(unknown)}")
        _demand(not missing, where, f"missing: {sorted(missing)}")
        for field, held in value.items():
            self.check(held, properties[field], f"{where}.{field}")
            if held not in (None, []):
                self.seen.add((name, field))

    def _check_any(self, value, schemas, where):
        faults = []
        for schema in schemas:
            try:
                self.check(value, schema, where)
                return
            except NotAsDescribed as fault:
                faults.append(str(fault))
        raise NotAsDescribed("; ".join(faults))


def _is(value, name):
    return isinstance(value, TYPES[name]) and not (name == "integer" and isinstance(value, bool))


def _check_text(value, schema, where):
    if "pattern" in schema:
        _demand(re.search(schema["pattern"], value), where, f"{value!r} is not like {schema['pattern']}")
    match schema.get("format"):
        case "uri":
            _demand(urlsplit(value).scheme in ("http", "https"), where, f"{value!r} is no full address")
        case "date-time":
            _demand(INSTANT.fullmatch(value), where, f"{value!r} is no instant in UTC")
            datetime.fromisoformat(value)
        case None:
            pass
        case other:
            raise NotAsDescribed(f"{where}: nobody checks the format {other}")


def _demand(holds, where, fault):
    if not holds:
        raise NotAsDescribed(f"{where}: {fault}")
