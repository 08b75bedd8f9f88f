"""Histories: the plainest valid chains, and ways to spoil them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection

from shuoshi.trail.actions import append_many, linked
from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import Head


NOW = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)


def chain(number, length, *, verb="matters.note.added"):
    """Save one history and return its events."""
    events, head = [], Head(UUID(int=number << 96 | 0xABC))
    for place in range(length):
        head = linked(
            head,
            mine_id=1,
            verb=verb,
            by=f"person:{place}",
            at=NOW + timedelta(minutes=place),
            detail={"unit": "MINE", "step": place, "claims": [1, 2], "on": None},
            words="AQ" if place % 2 else "",
        )
        events.append(head)
    append_many(events)
    return events


def heads_of(*chains):
    """Return where the histories end, in the order of what they are about."""
    return [Head(e[-1].about, e[-1].seq, e[-1].hash) for e in chains]


def last_of(about):
    """Return where a history ends now, as a thing that remembers it would."""
    last = Event.objects.filter(about=about).order_by("-seq").first()
    return last and Head(last.about, last.seq, last.hash)


def by_force(statement, *values):
    """Change the record as somebody with the database in their hands would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                " AND tbl_name LIKE 'trail!_%%' ESCAPE '!'",
                [],
            )
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute(statement, values)
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            for _name, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement, values)
            cursor.execute("SET session_replication_role = origin")
