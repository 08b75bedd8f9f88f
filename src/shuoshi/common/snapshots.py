"""Read several times as if at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


_BEGIN = {
    # Deferred: it takes no lock that a writer would wait for.
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def one_snapshot() -> Iterator[None]:
    """
    Let all queries within see the database as it was at the first of them.

    Within a transaction that has begun already, they see what that transaction sees.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            # Nothing was written: however it ends, there is nothing to keep.
            cursor.execute("ROLLBACK")
