"""What the interface says, gathered from code and templates, and its translations in `locale/`.

`bin/translations` writes the catalogs anew: it adds texts that are new, drops those that are gone, and
compiles what is there, so that no machine that runs the site needs a compiler. It fails while a text has no
translation.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize
from jinja2 import Environment
from jinja2.nodes import Const, Filter

CODE = ("articles", "comments", "anewz_site")
NOT_SAID = {"tests", "migrations", "demo", "generated", "bench", "quality"}
CALLS = {
    name + suffix: places
    for name, places in (("_", None), ("gettext", None), ("ngettext", (1, 2)), ("pgettext", ((1, "c"), 2)))
    for suffix in ("", "_lazy", "_noop")
}
FILTERS = {"translate": 1, "ntranslate": 2}
FOR_TRANSLATORS = re.compile(r"\{#-? Translators: (.+?) -?#\}")


def gather():
    """Return a catalog of all that the interface says, each with the files that say it."""
    catalog = Catalog()
    for path in _files():
        for message, comments, context in _said_in(path):
            place = str(path.relative_to(settings.BASE_DIR)), 0
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


def languages():
    return sorted(path.parent.parent.name for path in Path(settings.LOCALE_PATHS[0]).glob("*/*/*.po"))


def read(language):
    with _path(language, "po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def write(language, catalog):
    with _path(language, "po").open("wb") as file:
        write_po(file, catalog, width=110, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    _path(language, "mo").write_bytes(compiled(catalog))


def compiled(catalog):
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def brought_up_to_date(language, said):
    """Return the catalog of the language with exactly what is `said`."""
    catalog = read(language)
    begun = catalog.creation_date
    catalog.update(said, no_fuzzy_matching=True)
    catalog.creation_date = begun  # otherwise each run would change each file
    return catalog


def missing(catalog):
    """Return the texts of which a translation is missing, or one of its plurals."""
    return [message.id for message in catalog if message.id and not _is_whole(message)]


def _is_whole(message):
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _path(language, suffix):
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / f"django.{suffix}"


def _files():
    for folder in CODE:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py")):
            if not NOT_SAID & set(path.relative_to(settings.BASE_DIR).parts):
                yield path
    yield from sorted(path for path in Path(settings.BASE_DIR, "templates").rglob("*.*") if path.is_file())


def _said_in(path):
    """Yield (message, comments for translators, context) of a file; messages with a plural are pairs."""
    text = path.read_text()
    if path.suffix == ".jinja":
        yield from _said_in_jinja(text)
        return
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    for _, message, comments, context in extract(
        "python", io.BytesIO(text.encode()), CALLS, comment_tags=["Translators:"], strip_comment_tags=True
    ):
        yield message, comments, context


def _said_in_jinja(text):
    """Comments for translators stand on the line above."""
    comments = {text.count("\n", 0, found.end()) + 2: [found[1]] for found in FOR_TRANSLATORS.finditer(text)}
    for said in Environment().parse(text).find_all(Filter):
        if said.name in FILTERS and isinstance(said.node, Const):
            others = [said.args[number].value for number in range(FILTERS[said.name] - 1)]
            yield (
                (said.node.value, *others) if others else said.node.value,
                comments.get(said.lineno, []),
                None,
            )


def main():
    said, is_whole = gather(), True
    for language in languages():
        catalog = brought_up_to_date(language, said)
        write(language, catalog)
        without = missing(catalog)
        print(f"{language}: {len(catalog)} texts, {len(without)} without a translation")
        is_whole = is_whole and not without
    return 0 if is_whole else 1


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main())
