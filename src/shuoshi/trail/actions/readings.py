"""Put on record that somebody read a protected field."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shuoshi.trail.actions.notes import note, note_many
from shuoshi.trail.models import Event


def note_reading(
    *, mine_id: int, about: UUID, field: str, by: str, at: datetime, why: str = ""
) -> Event:
    """
    Record the reading of a protected field on the reader's chain, before it is shown.

    ``field`` and ``why`` are codes. What cannot be recorded must not be shown: let the
    error pass.

    :raises Outdated: if the same reader kept reading at the same moment.
    """
    detail = _told(field, why)
    return note("trail.read", by=by, at=at, mine_id=mine_id, about=about, detail=detail)


def note_readings(
    things: Iterable[UUID],
    *,
    mine_id: int,
    field: str,
    by: str,
    at: datetime,
    why: str = "",
) -> int:
    """
    Record the reading of the same field of many things at once; return how many.

    :raises Outdated: if the same reader kept reading at the same moment.
    """
    detail = _told(field, why)
    return note_many("trail.read", things, by=by, at=at, mine_id=mine_id, detail=detail)


def _told(field: str, why: str) -> dict[str, str]:
    return {"field": field, **({"why": why} if why else {})}
