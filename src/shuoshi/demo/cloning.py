"""
Synthetic load in every state, for benchmarks.

Each matter is a copy of one that was walked through the real actions: moved in time by whole
weeks, under a number, a key and a receipt of its own, its history chained and sealed anew.
"""

import contextlib
import os
import random
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context

from django.db import connection, transaction

from shuoshi.common.leash import end_with_parent
from shuoshi.common.sealing import open_box
from shuoshi.demo.bulk import Mould, columns_of, for_much, insert, reserve, settle
from shuoshi.demo.copies import HANGING, MATTER, OWNER, Batch, Exemplar, cast_batch
from shuoshi.matters.actions.numbers import next_number
from shuoshi.matters.actions.search import stored_words
from shuoshi.matters.models import Dirty, Matter
from shuoshi.matters.rules.bigrams import index_words
from shuoshi.matters.rules.numbers import MATTERS
from shuoshi.matters.rules.states import ENDED
from shuoshi.matters.rules.vouching import VOUCHERS
from shuoshi.trail.models import Event


BATCH = 5_000
# Three years lie in the archive; what is still open came in lately.
OLDEST_WEEKS = 150
OPEN_WEEKS = 2
OPEN_SHARE = 0.02
Plan = list[tuple[int, int]]
_BESIDE = max(1, (os.cpu_count() or 1) - 1)


def exemplars() -> list[Exemplar]:
    """Return the matters to copy: those that neither name nor merge anybody."""
    matters = Matter.objects.filter(
        names_objects=False, merged_into=None, letters=None, orders=None, sealed=False
    ).select_related("speaker")
    return [_exemplar(matter) for matter in matters.order_by("pk")[:400]]


def _exemplar(matter: Matter) -> Exemplar:
    box = open_box(matter.uid, matter.key)
    events = list(Event.objects.filter(about=matter.uid).order_by("seq"))
    for event in events:
        # They vouch for the row they were recorded with; a copy has another one.
        event.detail = {
            key: said for key, said in event.detail.items() if key not in VOUCHERS
        }
    speaker = None
    if hasattr(matter, "speaker"):
        named = matter.speaker
        own = open_box(f"speaker:{matter.uid}", named.key)
        speaker = (
            Mould.of(named),
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
    Add so many matters, three years of them, the oldest first, a small share still open.

    Histories verify afterwards, numbers have no gap; each batch is a transaction.
    Returns how many were added.
    """
    chance = random.Random(seed)  # noqa: S311 - synthetic load, not a secret
    found = exemplars()
    plans = _plans(found, count, chance)
    done = 0
    with _casting(found, many=count > BATCH) as cast, for_much():
        for batch in _batches(cast, plans, chance):
            with transaction.atomic():
                _write(batch)
            done += len(batch.days)
            told(done, count)
    settle()
    return done


def _plans(found: list[Exemplar], count: int, chance: random.Random) -> Iterator[Plan]:
    """Yield which exemplars to copy, and how many weeks back, batch by batch."""
    ended: list[int] = []
    running: list[int] = []
    for place, one in enumerate(found):
        (ended if one.matter.state in ENDED else running).append(place)
    still_open = sum(chance.random() < OPEN_SHARE for _ in range(count))
    weeks = Counter(chance.randint(0, OLDEST_WEEKS) for _ in range(count - still_open))
    open_weeks = Counter(chance.randint(0, OPEN_WEEKS) for _ in range(still_open))
    every = (
        (chance.choice(among), week)
        for week in range(OLDEST_WEEKS, -1, -1)
        for among, many in ((ended, weeks[week]), (running, open_weeks[week]))
        for _ in range(many)
    )
    while plan := list(islice(every, BATCH)):
        yield plan


# What the casting processes look at: they are forks, so it comes along.
_inherited: list[Exemplar] = []


def _cast(plan: Plan, seed: int) -> Batch:
    return cast_batch([(_inherited[place], weeks) for place, weeks in plan], seed)


Caster = Callable[[Plan, int], Future[Batch]]


def _at_once(plan: Plan, seed: int) -> Future[Batch]:
    done: Future[Batch] = Future()
    done.set_result(_cast(plan, seed))
    return done


@contextlib.contextmanager
def _casting(found: list[Exemplar], *, many: bool) -> Iterator[Caster]:
    """Give what casts a batch: processes beside this one where there are many."""
    _inherited[:] = found
    if not many:
        yield _at_once
        return
    # A connection must not be in two processes: this one opens another, once they are.
    connection.close()
    beside = ProcessPoolExecutor(
        _BESIDE, mp_context=get_context("fork"), initializer=end_with_parent
    )
    with beside as pool:
        pool.submit(int).result()
        yield lambda plan, seed: pool.submit(_cast, plan, seed)


def _batches(
    cast: Caster, plans: Iterator[Plan], chance: random.Random
) -> Iterator[Batch]:
    """Yield the batches in order, a few of them cast ahead."""
    waiting: deque[Future[Batch]] = deque()
    for plan in plans:
        waiting.append(cast(plan, chance.getrandbits(32)))
        if len(waiting) > _BESIDE + 1:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _write(batch: Batch) -> None:
    first = reserve("matters_matter", len(batch.days))
    _number(batch, first)
    for model, rows in batch.rows.items():
        columns = columns_of(model)
        if model in OWNER:
            owner = OWNER[model]
            for row in rows:
                row[owner] += first
        names = ["id", *columns] if model is Matter else columns
        insert(model._meta.db_table, names, rows)
    key = "rowid" if connection.vendor == "sqlite" else "matter_id"
    words = [(first + place, text) for place, text in batch.search]
    insert("matters_search", [key, "words"], words)
    Dirty.objects.bulk_create(
        Dirty(mine_id=mine_id, day=day) for mine_id, day in sorted(set(batch.days))
    )


def _number(batch: Batch, first: int) -> None:
    """Give the matters of a batch their ids and numbers."""
    wanted = Counter((mine_id, day.year) for mine_id, day in batch.days)
    numbers = {place: _taken(*place, many) for place, many in wanted.items()}
    for row, (mine_id, day) in zip(batch.rows[Matter], batch.days, strict=True):
        serial = next(numbers[mine_id, day.year])
        row[0] += first
        _set(row, day, serial)


def _taken(mine_id: int, year: int, many: int) -> Iterator[int]:
    last = next_number(mine_id, MATTERS, year, count=many)
    return iter(range(last - many + 1, last + 1))


def _set(row: list[object], day: date, serial: int) -> None:
    # The id stands before the columns.
    row[1 + MATTER["year"]] = day.year
    row[1 + MATTER["serial"]] = serial
    row[1 + MATTER["number"]] = f"{day.year}-{serial:04}"
