"""Write many rows at once, in the way that each database likes best."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns of a table, without the number that the database gives."""
    return [
        field.column
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


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
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
