from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from shuoshi import trail
from shuoshi.trail.actions import note_reading, seal_day
from shuoshi.trail.models import ChainEnd, Event, Reading, Seal
from shuoshi.trail.rules.append_only import MESSAGE, allow_changes, refuse_changes
from tests.trail.factories import NOW, chain


pytestmark = pytest.mark.django_db
TABLES = ["trail_event", "trail_seal"]


@pytest.fixture
def _one_row_each():
    chain(1, 1)
    seal_day(date(2026, 3, 4), now=NOW)


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def everything():
    return [list(model.objects.values_list()) for model in (Event, Seal)]


@pytest.mark.usefixtures("_one_row_each")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id + 1",
        "DELETE FROM {}",
        "DELETE FROM {} WHERE id IN (SELECT min(id) FROM {})",
    ],
)
def test_the_database_refuses_changes(table, statement):
    before = everything()

    with pytest.raises(DatabaseError, match=MESSAGE):
        execute(statement.format(table, table))

    assert everything() == before


@pytest.mark.usefixtures("_one_row_each")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_replaced_or_the_table_emptied(table, vendor):
    before = everything()
    statement = (
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if vendor == "sqlite"
        else f"TRUNCATE {table} CASCADE"
    )

    with pytest.raises(DatabaseError, match=MESSAGE):
        execute(statement)

    assert everything() == before


@pytest.mark.usefixtures("_one_row_each")
@pytest.mark.parametrize(
    ("table", "same"),
    [("trail_event", ["about", "seq"]), ("trail_seal", ["day"])],
)
@pytest.mark.sqlite("PostgreSQL has no INSERT OR REPLACE")
def test_a_row_cannot_be_replaced_under_another_id(table, same):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({table})")
        columns = ", ".join(
            "999" if row[1] == "id" else f'"{row[1]}"' for row in cursor.fetchall()
        )

    with pytest.raises(DatabaseError, match=MESSAGE):
        execute(f"INSERT OR REPLACE INTO {table} SELECT {columns} FROM {table}")


@pytest.mark.usefixtures("_one_row_each")
@pytest.mark.parametrize("model", [Event, Seal])
def test_the_models_refuse_too(model):
    row = model.objects.order_by("pk")[0]

    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        model.objects.update(mine_id=2) if model is not Seal else model.objects.update(
            leaves=2
        )


def test_a_migration_can_go_back_and_forth(vendor):
    for table in TABLES:
        for statement in allow_changes(vendor, table) + refuse_changes(vendor, table):
            execute(statement)
    chain(1, 1)

    with pytest.raises(DatabaseError, match=MESSAGE):
        execute("DELETE FROM trail_event")


@pytest.mark.usefixtures("_one_row_each")
def test_rows_say_what_they_are():
    assert str(Event.objects.order_by("pk")[0]).endswith("/1 matters.note.added")
    note_reading(mine_id=1, about=UUID(int=1), field="name", by="person:1", at=NOW)
    assert str(Reading.objects.get()) == f"person:1 name {UUID(int=1)}"
    assert {str(end)[-2:] for end in ChainEnd.objects.all()} == {"/1"}
    assert str(Seal.objects.get()).startswith("2026-03-04 ")


def test_only_the_migration_knows_how_to_let_changes_through():
    opening = ("allow_changes", "DROP TRIGGER", "DISABLE TRIGGER", "replication_role")
    source = Path(trail.__file__).parents[1]

    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in opening)
    }

    assert found == {
        "trail/migrations/0002_refuse_changes.py",
        "trail/rules/append_only.py",
    }
