"""
Cast copies of matters, without a database: a process of its own may do it.

A cast is an exemplar moved in time: all that its copies share is worked out once. Only
ids, keys, seals, receipts and hashes are each copy's own.
"""

import hashlib
import random
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model

from shuoshi.common.sealing import Box, new_box
from shuoshi.demo.bulk import Mould, columns_of
from shuoshi.matters.actions.search import stored_words
from shuoshi.matters.models import Claim, ClockEntry, Matter, Part, Speaker
from shuoshi.matters.rules.bigrams import index_words
from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import FIRST, event_text


WEEK = timedelta(days=7)
HANGING: tuple[type[Model], ...] = (Claim, ClockEntry, Part)
# Where a copy's own values go in the text of an event that is hashed.
ABOUT, WORDS, BEFORE = "\ue000", "\ue001", "\ue002"


@dataclass(frozen=True)
class Exemplar:
    """A matter and all that hangs on it, with its words opened."""

    matter: Matter
    mould: Mould
    events: list[tuple[Event, Mould, str]]
    hanging: list[tuple[type[Model], Mould]]
    speaker: tuple[Mould, str, str] | None
    index: str


@dataclass
class Batch:
    """Rows by table; matters bear their place in the batch instead of an id."""

    rows: dict[type[Model], list[list[Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    search: list[tuple[int, str]] = field(default_factory=list)
    # The day of each matter, in the batch's order.
    days: list[tuple[int, date]] = field(default_factory=list)


@dataclass(frozen=True)
class CastEvent:
    """An event as its copies share it: the row, the text to be hashed, the words."""

    values: list[Any]
    pieces: list[str]
    plain: str
    place: str


class Cast:
    """An exemplar at another time."""

    def __init__(self, one: Exemplar, weeks: int) -> None:
        """Work out what the copies share."""
        back = WEEK * weeks
        self.one = one
        self.day = one.matter.received_on - back
        self.matter = one.mould.cast(back)
        self.hanging = [(model, mould.cast(back)) for model, mould in one.hanging]
        self.events = [
            CastEvent(
                mould.cast(back),
                _pieces(event, back),
                plain,
                f"event:{event.seq}",
            )
            for event, mould, plain in one.events
        ]


def _pieces(event: Event, back: timedelta) -> list[str]:
    """Return the text that is hashed, cut where a copy's own values stand."""
    moved = SimpleNamespace(
        mine_id=event.mine_id,
        about=ABOUT,
        seq=event.seq,
        at=event.at - back,
        verb=event.verb,
        by=event.by,
        detail=event.detail,
        words=WORDS,
        prev_hash=BEFORE,
    )
    first, rest = event_text(moved).decode().split(ABOUT)
    second, rest = rest.split(WORDS)
    third, last = rest.split(BEFORE)
    return [first, second, third, last]


def cast_batch(plan: list[tuple[Exemplar, int]], seed: int) -> Batch:
    """Return the copies of these exemplars, so many weeks back each."""
    chance = random.Random(seed)  # noqa: S311 - synthetic load, not a secret
    batch = Batch()
    casts: dict[tuple[int, int], Cast] = {}
    # In order, so that neighbours in the batch are neighbours in the indexes too.
    uids = sorted(uuid4() for _ in plan)
    receipts = sorted(secrets.token_hex(32) for _ in plan)
    for place, (one, weeks) in enumerate(plan):
        cast = casts.get((id(one), weeks))
        if cast is None:
            cast = casts[id(one), weeks] = Cast(one, weeks)
        tail = f"现场{chance.randint(1, 99_999)}号"
        _copy(batch, cast, place, uids[place], receipts[place], tail)
    return batch


def _copy(
    batch: Batch, cast: Cast, place: int, uid: UUID, receipt: str, tail: str
) -> None:
    one, box = cast.one, new_box(uid)
    values = cast.matter.copy()
    for name, value in {
        "uid": _as_uuid(uid),
        "key": box.wrapped,
        "receipt_digest": receipt,
        "text": f"{one.matter.text}（{tail}）",
        "head_hash": _copy_events(batch, cast, uid, box),
    }.items():
        values[MATTER[name]] = value
    batch.rows[Matter].append([place, *values])
    for model, shared in cast.hanging:
        row = shared.copy()
        row[OWNER[model]] = place
        batch.rows[model].append(row)
    if one.speaker:
        batch.rows[Speaker].append(_speaker(place, uid, *one.speaker))
    words = " ".join([one.index, stored_words(index_words(tail), after=one.index)])
    batch.search.append((place, words))
    batch.days.append((one.matter.mine_id, cast.day))


def _copy_events(batch: Batch, cast: Cast, uid: UUID, box: Box) -> str:
    last, about, kept = FIRST, str(uid), _as_uuid(uid)
    rows = batch.rows[Event]
    for event in cast.events:
        words = box.seal(event.plain, event.place) if event.plain else ""
        first, second, third, end = event.pieces
        text = "".join([first, about, second, words, third, last, end])
        values = event.values.copy()
        values[EVENT["about"]] = kept
        values[EVENT["words"]] = words
        values[EVENT["prev_hash"]] = last
        last = hashlib.sha256(text.encode()).hexdigest()
        values[EVENT["hash"]] = last
        rows.append(values)
    return last


def _speaker(place: int, uid: UUID, mould: Mould, name: str, contact: str) -> list[Any]:
    box = new_box(f"speaker:{uid}")
    values = mould.values.copy()
    values[OWNER[Speaker]] = place
    values[SPEAKER["name"]] = box.seal(name, "name") if name else ""
    values[SPEAKER["contact"]] = box.seal(contact, "contact") if contact else ""
    values[SPEAKER["key"]] = box.wrapped
    return values


def _as_uuid(uid: UUID) -> str | UUID:
    return uid.hex if connection.vendor == "sqlite" else uid


def _places(model: type[Model]) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns_of(model))}


MATTER, EVENT, SPEAKER = _places(Matter), _places(Event), _places(Speaker)
OWNED: tuple[type[Model], ...] = (*HANGING, Speaker)
OWNER = {model: _places(model)["matter_id"] for model in OWNED}
