"""
Synthetic load in every state, for benchmarks.

Each matter is a copy of one that was walked through the real actions: moved in time by whole
weeks, under a number, a key and a receipt of its own, its history chained and sealed anew.
"""

import random
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Model

from shuoshi.common.sealing import Box, new_box, open_box
from shuoshi.demo.bulk import Mould, columns_of, insert, prepared, reserve
from shuoshi.matters.actions.numbers import MATTERS, next_number
from shuoshi.matters.actions.search import stored_words
from shuoshi.matters.models import Claim, ClockEntry, Dirty, Matter, Part, Speaker
from shuoshi.matters.rules.bigrams import index_words
from shuoshi.matters.rules.states import ENDED
from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import FIRST, event_hash


BATCH = 5_000
WEEK = timedelta(days=7)
# Three years lie in the archive; what is still open came in lately.
OLDEST_WEEKS = 150
OPEN_WEEKS = 2
OPEN_SHARE = 0.02
HANGING: tuple[type[Model], ...] = (Claim, ClockEntry, Part)


@dataclass
class Exemplar:
    """A matter and all that hangs on it, with its words opened."""

    matter: Matter
    mould: Mould
    events: list[tuple[Event, Mould, str]]
    hanging: list[tuple[type[Model], Mould]]
    speaker: tuple[str, str] | None
    index: str


@dataclass
class Batch:
    """Rows by table, ready to be written."""

    rows: dict[type[Model], list[list[Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    search: list[tuple[int, str]] = field(default_factory=list)
    days: set[tuple[int, date]] = field(default_factory=set)


def exemplars() -> list[Exemplar]:
    """Return the matters to copy: those that neither name nor merge anybody."""
    matters = Matter.objects.filter(
        names_objects=False, merged_into=None, letters=None, orders=None, sealed=False
    ).select_related("speaker")
    return [_exemplar(matter) for matter in matters.order_by("pk")[:400]]


def _exemplar(matter: Matter) -> Exemplar:
    box = open_box(matter.uid, matter.key)
    events = list(Event.objects.filter(about=matter.uid).order_by("seq"))
    speaker = None
    if hasattr(matter, "speaker"):
        own = open_box(f"speaker:{matter.uid}", matter.speaker.key)
        named = matter.speaker
        speaker = (
            own.open(named.name, "name") if named.name else "",
            own.open(named.contact, "contact") if named.contact else "",
        )
    return Exemplar(
        matter=matter,
        mould=Mould.of(matter),
        events=[
            (
                event,
                Mould.of(event),
                box.open(event.words, f"event:{event.seq}") if event.words else "",
            )
            for event in events
        ],
        hanging=[
            (model, Mould.of(row))
            for model in HANGING
            for row in model._default_manager.filter(matter=matter)
        ],
        speaker=speaker,
        index=stored_words(index_words(matter.text)),
    )


def load(
    count: int, *, seed: int, told: Callable[[int, int], None] = lambda _d, _t: None
) -> int:
    """
    Add so many matters, three years of them, a small share still open.

    Histories verify afterwards, numbers have no gap; each batch is a transaction.
    Returns how many were added.
    """
    chance = random.Random(seed)  # noqa: S311 - synthetic load, not a secret
    found = exemplars()
    ended = [one for one in found if one.matter.state in ENDED]
    running = [one for one in found if one.matter.state not in ENDED]
    done = 0
    while done < count:
        size = min(BATCH, count - done)
        plan = [
            _planned(chance, running if chance.random() < OPEN_SHARE else ended)
            for _ in range(size)
        ]
        with transaction.atomic():
            _write(_batch(plan, chance))
        done += size
        told(done, count)
    return done


def _planned(
    chance: random.Random, among: list[Exemplar]
) -> tuple[Exemplar, timedelta]:
    one = chance.choice(among)
    weeks = OLDEST_WEEKS if one.matter.state in ENDED else OPEN_WEEKS
    return one, WEEK * chance.randint(0, weeks)


def _batch(plan: list[tuple[Exemplar, timedelta]], chance: random.Random) -> Batch:
    first = reserve("matters_matter", len(plan))
    numbers = _numbers(plan)
    batch = Batch()
    for place, (one, back) in enumerate(plan):
        _copy(batch, one, back, pk=first + place, numbers=numbers, chance=chance)
    return batch


def _numbers(
    plan: list[tuple[Exemplar, timedelta]],
) -> dict[tuple[int, int], Iterator[int]]:
    wanted: dict[tuple[int, int], int] = defaultdict(int)
    for one, back in plan:
        wanted[one.matter.mine_id, (one.matter.received_on - back).year] += 1
    return {
        (mine_id, year): iter(
            range(
                (last := next_number(mine_id, MATTERS, year, count=many)) - many + 1,
                last + 1,
            )
        )
        for (mine_id, year), many in wanted.items()
    }


def _copy(
    batch: Batch,
    one: Exemplar,
    back: timedelta,
    *,
    pk: int,
    numbers: dict[tuple[int, int], Iterator[int]],
    chance: random.Random,
) -> None:
    uid = uuid4()
    box = new_box(uid)
    day = one.matter.received_on - back
    serial = next(numbers[one.matter.mine_id, day.year])
    tail = f"现场{chance.randint(1, 99_999)}号"
    values = one.mould.cast(back)
    for name, value in {
        "uid": _as_uuid(uid),
        "key": box.wrapped,
        "year": day.year,
        "serial": serial,
        "number": f"{day.year}-{serial:04}",
        "receipt_digest": secrets.token_hex(32),
        "text": f"{one.matter.text}（{tail}）",
        "head_hash": _copy_events(batch, one, uid, box, back),
    }.items():
        values[MATTER[name]] = value
    batch.rows[Matter].append([pk, *values])
    for model, mould in one.hanging:
        row = mould.cast(back)
        row[OWNER[model]] = pk
        batch.rows[model].append(row)
    if one.speaker:
        batch.rows[Speaker].append(prepared(_speaker(pk, uid, *one.speaker)))
    words = " ".join([one.index, stored_words(index_words(tail), after=one.index)])
    batch.search.append((pk, words))
    batch.days.add((one.matter.mine_id, day))


def _copy_events(
    batch: Batch, one: Exemplar, uid: UUID, box: Box, back: timedelta
) -> str:
    last = FIRST
    for event, mould, plain in one.events:
        copy = SimpleNamespace(
            mine_id=event.mine_id,
            about=uid,
            seq=event.seq,
            at=event.at - back,
            verb=event.verb,
            by=event.by,
            detail=event.detail,
            words=box.seal(plain, f"event:{event.seq}") if plain else "",
            prev_hash=last,
        )
        values = mould.cast(back)
        values[EVENT["about"]] = _as_uuid(uid)
        values[EVENT["words"]] = copy.words
        values[EVENT["prev_hash"]] = last
        last = values[EVENT["hash"]] = event_hash(copy)
        batch.rows[Event].append(values)
    return last


def _speaker(pk: int, uid: UUID, name: str, contact: str) -> Speaker:
    box = new_box(f"speaker:{uid}")
    return Speaker(
        matter_id=pk,
        name=box.seal(name, "name") if name else "",
        contact=box.seal(contact, "contact") if contact else "",
        key=box.wrapped,
    )


def _as_uuid(uid: UUID) -> str | UUID:
    return uid.hex if connection.vendor == "sqlite" else uid


def _places(model: type[Model]) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns_of(model))}


MATTER, EVENT = _places(Matter), _places(Event)
OWNER = {model: _places(model)["matter_id"] for model in HANGING}


def _write(batch: Batch) -> None:
    for model, rows in batch.rows.items():
        columns = columns_of(model)
        insert(
            model._meta.db_table, ["id", *columns] if model is Matter else columns, rows
        )
    key = "rowid" if connection.vendor == "sqlite" else "matter_id"
    insert("matters_search", [key, "words"], batch.search)
    Dirty.objects.bulk_create(
        Dirty(mine_id=mine_id, day=day) for mine_id, day in sorted(batch.days)
    )
