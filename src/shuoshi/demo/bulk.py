"""Write many rows at once, in the way that each database likes best."""

from collections.abc import Sequence
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
