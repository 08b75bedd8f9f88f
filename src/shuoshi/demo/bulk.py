"""Write many rows at once, in the way that each database likes best."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns of a table, without the number that the database gives."""
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.get_internal_type() != "BigAutoField"
    ]


def prepared(row: Model) -> list[Any]:
    """Return the values of a row as the database takes them, in the columns' order."""
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
        if field.get_internal_type() != "BigAutoField"
    ]


@dataclass(frozen=True)
class Mould:
    """A row ready for the database, from which copies at other times are cast."""

    values: list[Any]
    # The places of moments and days, with what stands there.
    moving: list[tuple[int, datetime | date]]

    @classmethod
    def of(cls, row: Model) -> "Mould":
        """Take the mould of a row."""
        raw = [
            getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.get_internal_type() != "BigAutoField"
        ]
        moving = [
            (place, value)
            for place, value in enumerate(raw)
            if isinstance(value, datetime | date)
        ]
        return cls(prepared(row), moving)

    def cast(self, back: timedelta) -> list[Any]:
        """Return the row's values, every moment and day in it moved back."""
        values = self.values.copy()
        for place, value in self.moving:
            values[place] = as_kept(value - back)
        return values


def as_kept(value: datetime | date) -> Any:
    """Return a moment (aware, UTC) or a day as the database takes it."""
    if connection.vendor != "sqlite":
        return value
    # As Django writes it, without asking the settings a million times.
    return str(value.replace(tzinfo=None) if isinstance(value, datetime) else value)


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values that are ready for the database."""
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({named}) VALUES ({marks})",  # noqa: S608 - our own names
            rows,
        )


def reserve(table: str, count: int) -> int:
    """Return the first of so many numbers that nobody else will give to a row."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            sequence = cursor.fetchone()[0]
            cursor.execute("SELECT nextval(%s)", [sequence])
            first = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count])
            return first
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")  # noqa: S608 - our own name
        return int(cursor.fetchone()[0])


# For the time of a great load: what a crash would lose can be loaded again.
_MUCH = {
    "sqlite": (
        ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-524288"),
        ("PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-65536"),
    ),
    "postgresql": (
        ("SET synchronous_commit TO off",),
        ("RESET synchronous_commit",),
    ),
}
# What a database does by itself in the long run: let its indexes settle, look around.
_SETTLE = {
    "sqlite": ("INSERT INTO matters_search (matters_search) VALUES ('optimize')",),
    "postgresql": (
        "SELECT gin_clean_pending_list('matters_search_words')",
        "ANALYZE",
    ),
}


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextlib.contextmanager
def for_much() -> Iterator[None]:
    """Let the database write much at once, less careful of a crash."""
    if connection.in_atomic_block:
        yield
        return
    before, after = _MUCH[connection.vendor]
    _run(before)
    try:
        yield
    finally:
        _run(after)


def settle() -> None:
    """Let the database look at what has been loaded."""
    _run(_SETTLE[connection.vendor])
