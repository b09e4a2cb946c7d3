"""A PostgreSQL to measure, where there is one: TEST_DATABASE_URL, or a server on its usual port."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

USUAL = "postgres://postgres@127.0.0.1:5432/postgres"


def found():
    """Return the address of a database on a server that answers, or None."""
    for url in filter(None, (os.environ.get("TEST_DATABASE_URL"), USUAL)):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return url
    return None


@contextmanager
def own_database(url):
    """Make an empty database beside that of `url`, and drop it afterwards; gives its address."""
    name = f"anewz_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
