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
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Model

from shuoshi.common.sealing import Box, new_box, open_box
from shuoshi.demo.bulk import columns_of, insert, prepared, reserve
from shuoshi.matters.actions.numbers import MATTERS, next_number
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
    events: list[Event]
    words: dict[int, str]
    hanging: dict[type[Model], list[Any]]
    speaker: tuple[str, str] | None
    index: list[str]
    box: Box = field(repr=False)


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
        events=events,
        words={
            event.seq: box.open(event.words, f"event:{event.seq}")
            for event in events
            if event.words
        },
        hanging={
            model: list(model._default_manager.filter(matter=matter))
            for model in HANGING
        },
        speaker=speaker,
        index=index_words(matter.text),
        box=box,
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
    values = {**one.matter.__dict__, "id": pk, "uid": uid, "key": box.wrapped}
    matter = Matter(**_moved(Matter, values, back))
    matter.year = matter.received_on.year
    matter.serial = next(numbers[matter.mine_id, matter.year])
    matter.number = f"{matter.year}-{matter.serial:04}"
    matter.receipt_digest = secrets.token_hex(32)
    tail = f"现场{chance.randint(1, 99_999)}号"
    matter.text = f"{one.matter.text}（{tail}）"
    matter.head_hash = _copy_events(batch, one, matter, box, back)
    batch.rows[Matter].append([pk, *prepared(matter)])
    for model, rows in one.hanging.items():
        for row in rows:
            values = {**row.__dict__, "matter_id": pk}
            batch.rows[model].append(prepared(model(**_moved(model, values, back))))
    if one.speaker:
        batch.rows[Speaker].append(prepared(_speaker(matter, *one.speaker)))
    batch.search.append((pk, _as_stored([*one.index, *index_words(tail)])))
    batch.days.add((matter.mine_id, matter.received_on))


def _moved(
    model: type[Model], values: dict[str, Any], back: timedelta
) -> dict[str, Any]:
    """Return a row's values, every moment and day in it moved back."""
    return {
        field.attname: value - back if isinstance(value, datetime | date) else value
        for field in model._meta.concrete_fields
        if (value := values.get(field.attname)) is not None or field.null
        if field.attname != "id" or model is Matter
    }


def _copy_events(
    batch: Batch, one: Exemplar, matter: Matter, box: Box, back: timedelta
) -> str:
    last = FIRST
    for event in one.events:
        words = one.words.get(event.seq)
        copy = Event(
            mine_id=event.mine_id,
            about=matter.uid,
            seq=event.seq,
            at=event.at - back,
            verb=event.verb,
            by=event.by,
            detail=event.detail,
            words=box.seal(words, f"event:{event.seq}") if words else "",
            prev_hash=last,
        )
        last = copy.hash = event_hash(copy)
        batch.rows[Event].append(prepared(copy))
    return last


def _speaker(matter: Matter, name: str, contact: str) -> Speaker:
    box = new_box(f"speaker:{matter.uid}")
    return Speaker(
        matter_id=matter.pk,
        name=box.seal(name, "name") if name else "",
        contact=box.seal(contact, "contact") if contact else "",
        key=box.wrapped,
    )


def _as_stored(words: list[str]) -> str:
    if connection.vendor == "sqlite":
        return " ".join(words)
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words, start=1))


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
