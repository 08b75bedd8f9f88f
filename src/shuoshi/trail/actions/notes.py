"""Put on record what is no step of a matter: signing in, granting, exporting, refusing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from shuoshi.trail.actions.events import record, record_many
from shuoshi.trail.models import Event
from shuoshi.trail.rules.actors import chain_of
from shuoshi.trail.rules.notes import ON, ROOM


def note(
    verb: str,
    *,
    by: str,
    at: datetime,
    mine_id: int = 0,
    about: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> Event:
    """
    Add a note to the chain of the actor who did it.

    ``verb`` is past and names its room (``accounts.signed_in``); it is kept behind
    ``note.``. ``by`` is the actor as the record names them (``person:7``, ``speaker``,
    ``clock``, ``nobody``); ``about`` is the thing it was done to. ``detail`` holds codes,
    ids and dates, never words of or about people.

    :raises Outdated: if the same actor kept adding at the same moment.
    :raises TypeError: if the detail holds more than plain JSON without fractions.
    """
    told = {**(detail or {}), **({ON: str(about)} if about else {})}
    return record(
        chain_of(by),
        mine_id=mine_id,
        verb=f"{ROOM}.{verb}",
        by=by,
        at=at,
        detail=told,
        thing=about,
    )


def note_many(
    verb: str,
    things: Iterable[UUID],
    *,
    by: str,
    at: datetime,
    mine_id: int = 0,
    detail: dict[str, Any] | None = None,
) -> int:
    """
    Add one note for each thing to the chain of the actor, in bulk; return how many.

    :raises Outdated: if the same actor kept adding at the same moment.
    """
    return record_many(
        chain_of(by),
        things,
        mine_id=mine_id,
        verb=f"{ROOM}.{verb}",
        by=by,
        at=at,
        detail=detail or {},
    )
