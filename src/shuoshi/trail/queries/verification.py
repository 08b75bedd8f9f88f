"""Prove every history, in pages: memory does not grow with the record."""

import json
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import groupby, islice
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import HeadLike
from shuoshi.trail.rules.verdicts import Bad, Illegible, Verdict, judge


PAGE: Final = 2000
WINDOW: Final = 500
TRIES: Final = 5
# What a row raises that somebody has written rubbish into.
UNREADABLE: Final = (ValueError, TypeError, AttributeError, DatabaseError)
# Columns that SQLite keeps as text that reads the same in more than one spelling.
RAW: Final = ("about", "at", "detail")

Again = Callable[[UUID], HeadLike | None]
Found = Event | Illegible


def verify_chains(
    heads: Iterable[HeadLike],
    *,
    again: Again | None = None,
    headless: Container[str] = (),
) -> Verdict:
    """
    Prove all histories against their heads, which come ordered by `about`.

    `again` reads one head anew, so that what is added meanwhile is not taken for
    damage. `headless` names the rooms (the first part of a verb) whose things do
    not remember their head: their chains are proved but for a cut at the end.
    """
    verification = Verification(again, headless)
    first_bad = next(verification.walk(heads), None)
    return Verdict(verification.chains, verification.events, first_bad)


class Verification:
    """One walk along all heads and all chains, in the order of what they are about."""

    def __init__(self, again: Again | None, headless: Container[str]) -> None:
        """Count from nothing."""
        self.again = again
        self.headless = headless
        self.chains = 0
        self.events = 0

    def walk(self, heads: Iterable[HeadLike]) -> Iterator[Bad]:
        """Yield the first bad event of each bad chain."""
        remaining, after = iter(heads), None
        while True:
            window = list(islice(remaining, WINDOW))
            # The last window reaches beyond its heads, to events that have none.
            upto = window[-1].about if len(window) == WINDOW else None
            for head, chain in self._pairs(window, _events_between(after, upto)):
                bad = self._settled(self._judged(head, chain))
                if bad:
                    yield bad
            if upto is None:
                return
            after = upto

    def _pairs(
        self, heads: list[HeadLike], events: Iterator[Found]
    ) -> Iterator[tuple[HeadLike | None, Iterator[Found]]]:
        waiting = {str(head.about): head for head in heads}
        for about, chain in groupby(events, key=lambda event: str(event.about)):
            yield waiting.pop(about, None), chain
        for head in waiting.values():
            yield head, iter(())

    def _judged(self, head: HeadLike | None, chain: Iterator[Found]) -> Bad | None:
        self.chains += 1
        first = next(chain, None)
        room = str(first.verb).partition(".")[0] if isinstance(first, Event) else ""
        events = self._counted(first, chain)
        return judge(head, events, endless=head is None and room in self.headless)

    def _counted(self, first: Found | None, rest: Iterator[Found]) -> Iterator[Found]:
        if first is not None:
            self.events += 1
            yield first
        for event in rest:
            self.events += 1
            yield event

    def _settled(self, bad: Bad | None) -> Bad | None:
        """Look again at what may only have been added since its head was read."""
        if self.again is None:
            return bad
        for _attempt in range(TRIES):
            if bad is None or bad.why != "extra":
                break
            about = UUID(bad.about)
            head = self.again(about)
            chain = _read(Event.objects.filter(about=about).order_by("seq"))
            bad = judge(head, chain, endless=False)
        return bad


def _events_between(after: UUID | None, upto: UUID | None) -> Iterator[Found]:
    """Read the events of all chains behind one and up to another."""
    window = Event.objects.order_by("about", "seq")
    if upto is not None:
        window = window.filter(about__lte=upto)
    while True:
        rest = window if after is None else window.filter(about__gt=after)
        page = _read(rest[:PAGE])
        yield from page
        if len(page) < PAGE:
            return
        # The page may end within a chain: read that chain to its end.
        last = page[-1]
        after = UUID(str(last.about))
        yield from _rest_of(after, last.seq)


def _rest_of(about: UUID, seq: int | None) -> Iterator[Found]:
    while True:
        page = _read(
            Event.objects.filter(about=about, seq__gt=seq).order_by("seq")[:PAGE]
        )
        yield from page
        if len(page) < PAGE:
            return
        seq = page[-1].seq


def _read(events: QuerySet[Event]) -> list[Found]:
    """Read events; where one cannot be read, read one by one to find which."""
    try:
        return [_found(event) for event in _with_raw(events)]
    except UNREADABLE:
        return [_read_one(pk) for pk in list(events.values_list("pk", flat=True))]


def _read_one(pk: int) -> Found:
    one = Event.objects.filter(pk=pk)
    try:
        return _found(_with_raw(one).get())
    except UNREADABLE:
        about, seq = _place_of(one)
        return Illegible(pk, about, seq)


def _place_of(one: QuerySet[Event]) -> tuple[str, int | None]:
    try:
        about, seq = one.values_list(Cast("about", TextField()), "seq").get()
        return str(UUID(about)), seq
    except UNREADABLE:
        return "", None


def _with_raw(events: QuerySet[Event]) -> QuerySet[Event]:
    """Ask for the very text too, where a database keeps text for what is not text."""
    if connection.vendor != "sqlite":
        return events
    return events.annotate(**{f"raw_{name}": Cast(name, TextField()) for name in RAW})


def _found(event: Event) -> Found:
    raw = [event.__dict__.get(f"raw_{name}") for name in RAW]
    if any(raw) and raw != _written(event):
        return Illegible(event.pk, str(event.about), event.seq)
    return event


def _written(event: Event) -> list[str]:
    at = connection.ops.adapt_datetimefield_value(event.at)
    return [event.about.hex, str(at), json.dumps(event.detail)]
