"""Put on record what people do with their accounts, and tell them what others did."""

from datetime import datetime
from typing import Any

from shuoshi.accounts.models import Telling, Told, User
from shuoshi.accounts.queries.belonging import belonging_of
from shuoshi.trail.actions import note


def on_record(person: User) -> str:
    return f"person:{person.pk}"


def note_by(
    person: User, verb: str, *, now: datetime, detail: dict[str, Any] | None = None
) -> None:
    """Note what a person did, on the record of their mine."""
    note(
        verb,
        by=on_record(person),
        at=now,
        mine_id=belonging_of(person).mine_id,
        detail=detail,
    )


def tell(person: User, kind: Told, *, now: datetime) -> None:
    """Let the person read it with the next page they open, until they say they did."""
    Telling.objects.create(person=person, kind=kind, at=now)


def see_tellings(person: User, *, now: datetime) -> int:
    """Take what the person was told by now as seen; return how many."""
    return Telling.objects.filter(person=person, seen_at=None, at__lte=now).update(
        seen_at=now
    )
