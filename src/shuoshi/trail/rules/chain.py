"""The chain of a history: every event carries the hash of the one before it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from uuid import UUID

from shuoshi.common.canonical import canonical


FIRST: Final = "0" * 64


class HeadLike(Protocol):
    """What knows where a chain ends: a head, or the event that is its last."""

    @property
    def about(self) -> UUID: ...
    @property
    def seq(self) -> int: ...
    @property
    def hash(self) -> str: ...


@dataclass(frozen=True)
class Head:
    """The end of a chain: the number and the hash of its last event."""

    about: UUID
    seq: int = 0
    hash: str = FIRST


class Linked(HeadLike, Protocol):
    """An event, as far as its hash is concerned."""

    @property
    def mine_id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def verb(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def detail(self) -> dict[str, Any]: ...
    @property
    def words(self) -> str: ...
    @property
    def prev_hash(self) -> str: ...


def event_hash(event: Linked) -> str:
    """
    Return the hash of an event and, through it, of everything before it.

    :raises TypeError: if the detail holds what a database would not give back as is.
    """
    return hashlib.sha256(event_text(event)).hexdigest()


def event_text(event: Linked) -> bytes:
    """
    Return what is hashed of an event.

    :raises TypeError: if the detail holds what a database would not give back as is.
    """
    fields = [
        event.mine_id,
        str(event.about),
        event.seq,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.verb,
        event.by,
        event.detail,
        event.words,
        event.prev_hash,
    ]
    return canonical(fields)


def follows(event: Linked, head: HeadLike) -> bool:
    """Tell whether an event is linked to the head before it."""
    return event.seq == head.seq + 1 and event.prev_hash == head.hash
