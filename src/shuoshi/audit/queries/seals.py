"""The daily seals and the last verification, for the auditor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuoshi.matters.rules.proving import told_of
from shuoshi.trail.models import Event, Seal
from shuoshi.trail.queries import seals_back
from shuoshi.trail.rules.actors import chain_of
from shuoshi.trail.rules.notes import CLOCK, VERIFIED


@dataclass(frozen=True)
class Verification:
    """The last time that the worker proved the whole record."""

    at: datetime
    ok: bool
    told: str
    events: int


@dataclass(frozen=True)
class SealsShown:
    """The latest seals, the newest first, and the last verification if there was one."""

    seals: list[Seal]
    last: Verification | None


def seals_shown() -> SealsShown:
    """Return what the page of seals shows (two queries)."""
    note = (
        Event.objects.filter(about=chain_of(CLOCK), verb=VERIFIED)
        .order_by("-seq")
        .first()
    )
    return SealsShown(seals_back(most=62), _verification(note) if note else None)


def last_verified() -> datetime | None:
    """Return when the worker last proved the whole record."""
    notes = Event.objects.filter(about=chain_of(CLOCK), verb=VERIFIED)
    return notes.order_by("-seq").values_list("at", flat=True).first()


def _verification(note: Event) -> Verification:
    detail: dict[str, Any] = note.detail
    bad = detail.get("bad")
    return Verification(
        note.at,
        bad is None,
        told_of(bad) if bad else "",
        int(detail.get("events", 0)),
    )
