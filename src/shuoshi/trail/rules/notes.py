"""Notes: events that are no step of a matter, on the chain of who did it."""

from typing import Any, Final
from uuid import UUID


ROOM: Final = "note"
READ: Final = "note.trail.read"
SEALED: Final = "note.trail.sealed"
VERIFIED: Final = "note.trail.verified"
CLOCK: Final = "clock"
# Under which name the detail of a note says what it is on.
ON: Final = "on"


def thing_of(verb: str, detail: Any) -> str | None:
    """Return what the hashed part of an event says it is on; None for what is no note."""
    if not verb.startswith(f"{ROOM}.") or not isinstance(detail, dict):
        return None
    on = detail.get(ON)
    return on if isinstance(on, str) else None


def says_the_same(thing: UUID | None, verb: str, detail: Any) -> bool:
    """Tell whether the column that is asked by agrees with what is under the hash."""
    return thing_of(verb, detail) == (str(thing) if thing else None)
