"""The hash of a daily seal: what is printed and handed out."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

from shuoshi.common.canonical import canonical


FIELDS: Final = (
    "day",
    "sealed_at",
    "after_id",
    "last_id",
    "leaves",
    "root",
    "prev_hash",
)


class SealLike(Protocol):
    """A seal, as far as its hash is concerned."""

    @property
    def day(self) -> date: ...
    @property
    def sealed_at(self) -> datetime: ...
    @property
    def after_id(self) -> int: ...
    @property
    def last_id(self) -> int: ...
    @property
    def leaves(self) -> int: ...
    @property
    def root(self) -> str: ...
    @property
    def prev_hash(self) -> str: ...


def seal_hash(seal: SealLike) -> str:
    """Return the hash of a seal and, through it, of every seal before."""
    return hashlib.sha256(canonical(fields_of(seal))).hexdigest()


def fields_of(seal: SealLike) -> list[Any]:
    """Return what is hashed of a seal, named in ``FIELDS``."""
    return [
        seal.day.isoformat(),
        seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        seal.after_id,
        seal.last_id,
        seal.leaves,
        seal.root,
        seal.prev_hash,
    ]
