"""
Committees' keys: boxes wrapped to one open only where its secret half was unlocked.

Neither the ring nor the database holds that half in the open, so both together do not open
such a box (adr/0023).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from shuoshi.common.keypairs import Secret


# No key of the ring can be called so.
COMMITTEE: Final = "committee:"
PURPOSE: Final = b"shuoshi.committee.1"

_unlocked: ContextVar[Mapping[str, Secret]] = ContextVar(
    "unlocked", default=MappingProxyType({})
)


@dataclass(frozen=True)
class Recipient:
    """A committee's key as everybody may know it: enough to seal to it."""

    id: str
    public: bytes

    @property
    def prefix(self) -> str:
        return f"{COMMITTEE}{self.id}."


@contextmanager
def unlocked(secrets: Mapping[str, Secret]) -> Iterator[None]:
    """Let boxes under these committees' keys open, in here and nowhere else."""
    before = _unlocked.set(secrets)
    try:
        yield
    finally:
        _unlocked.reset(before)


def unlocked_secret(key_id: str) -> Secret | None:
    """Return the secret half of a committee's key if it is unlocked here."""
    return _unlocked.get().get(key_id)


def is_committees(wrapped: str) -> bool:
    """True for a box that the ring does not open, since it is wrapped to a committee."""
    return wrapped.startswith(COMMITTEE)


def taken_apart(wrapped: str) -> tuple[str, str]:
    """Return the id of the committee's key and what is wrapped to it."""
    key_id, _dot, text = wrapped.removeprefix(COMMITTEE).partition(".")
    return key_id, text


def is_locked(wrapped: str) -> bool:
    """True for a committee's box whose key is not unlocked here."""
    return is_committees(wrapped) and unlocked_secret(taken_apart(wrapped)[0]) is None
