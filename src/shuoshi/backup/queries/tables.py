"""Which tables a backup holds, and what stands in their columns."""

from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from shuoshi.backup.rules.values import kind_of


# Nobody is signed in, and no worker is at work, in a house that was just restored.
LEFT_OUT: Final = {
    "sessions.session": "who is signed in",
    "jobs.heartbeat": "which worker is at work",
}
# Kept by the database itself, or written by the migrations.
OF_DATABASE: Final = {"django_migrations", "sqlite_sequence"}
# The index of words is kept as words: each database has an index of its own.
WORDS: Final = "matters_search"
# Whoever has any of these is a house that somebody lives in.
LIVED_IN: Final = (
    "accounts_user",
    "org_mine",
    "matters_matter",
    "files_attachment",
    "trail_event",
)


@dataclass(frozen=True)
class Table:
    """A table, its columns, what kind of value stands in each."""

    name: str
    columns: list[str]
    kinds: list[str]
    key: str


def models() -> list[type[Model]]:
    """Return the models whose tables a backup holds."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in LEFT_OUT
    ]


def tables() -> list[Table]:
    """Return the tables that a backup holds, in a lasting order."""
    return sorted(
        (
            Table(
                name=model._meta.db_table,
                columns=[str(field.column) for field in model._meta.concrete_fields],
                kinds=[
                    kind_of(_plain_type(field)) for field in model._meta.concrete_fields
                ],
                key=str(model._meta.pk.column),
            )
            for model in models()
        ),
        key=lambda table: table.name,
    )


def _plain_type(field: object) -> str:
    """Return the type of a column; a key of another table is of the type of that key."""
    while (target := getattr(field, "target_field", None)) is not None:
        field = target
    return str(field.get_internal_type())  # type: ignore[attr-defined]


def migrations_applied() -> list[tuple[str, str]]:
    """Return the migrations that the database has seen."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def migrations_known() -> set[tuple[str, str]]:
    """Return the migrations that this version of the house has."""
    return set(MigrationLoader(None).disk_migrations or {})


def lives_here() -> str:
    """Return the first table in which a house left rows; empty where nobody lives."""
    present = set(connection.introspection.table_names())
    for name in LIVED_IN:
        if name in present:
            with connection.cursor() as cursor:
                # The names are our own.
                cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return name
    return ""
