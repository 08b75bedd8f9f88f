"""Prove every history, in pages: memory does not grow with the record."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from shuoshi.trail.models import Event
from shuoshi.trail.queries import rows
from shuoshi.trail.queries.remembering import is_remembered_wrongly
from shuoshi.trail.queries.rows import UNREADABLE
from shuoshi.trail.rules.chain import HeadLike
from shuoshi.trail.rules.verdicts import Bad, Illegible, Verdict, judge


PAGE: Final = 2000
TRIES: Final = 5
# What may only have been added since the head was read.
MEANWHILE: Final = {"extra", "ownerless", "head"}

Again = Callable[[UUID], HeadLike | None]
Plainly = Callable[[], Iterable[HeadLike] | None]
Found = Event | rows.Row | Illegible


def verify_chains(
    heads: Iterable[HeadLike],
    *,
    again: Again | None = None,
    plainly: Plainly | None = None,
) -> Verdict:
    """
    Prove all histories against their heads, which come ordered by `about`.

    `again` reads one head anew, so that what is added meanwhile is not taken for
    damage. `plainly` reads all heads past every index, None if they cannot be read:
    it is asked once something is bad, on SQLite alone.
    """
    if connection.vendor != "sqlite":
        return _walk(heads, _events(), again)
    if plainly is None:
        heads = list(heads)
    try:
        verdict = _walk(heads, rows.rows_in_order(), again)
        if verdict.ok:
            return verdict
    except (rows.Torn, *UNREADABLE):
        pass
    # Only what is read row by row tells a touched event from a touched index.
    return _walk(plainly() if plainly else heads, rows.salvaged(), again)


def _walk(
    heads: Iterable[HeadLike] | None, events: Iterable[Found], again: Again | None
) -> Verdict:
    return _Walk(again).along(heads, events)


class _Walk:
    """One walk along all heads and all chains, in the order of what they are about."""

    def __init__(self, again: Again | None) -> None:
        self.again = again
        self.chains = 0
        self.events = 0

    def along(
        self, heads: Iterable[HeadLike] | None, events: Iterable[Found]
    ) -> Verdict:
        """Judge chain after chain until one is bad; without heads, but for their ends."""
        first_bad = None
        for head, chain in _pairs(heads or (), events):
            self.chains += 1
            bad = judge(head, self._counted(chain), endless=heads is None)
            first_bad = _blamed(head, self._settled(bad))
            if first_bad:
                break
        return Verdict(self.chains, self.events, first_bad)

    def _counted(self, chain: Iterator[Found]) -> Iterator[Found]:
        for event in chain:
            self.events += 1
            yield event

    def _settled(self, bad: Bad | None) -> Bad | None:
        """Look again at what may only have been added since its head was read."""
        if self.again is None:
            return bad
        for _attempt in range(TRIES):
            if bad is None or bad.why not in MEANWHILE:
                break
            about = UUID(bad.about)
            try:
                head = self.again(about)
                chain = _read(Event.objects.filter(about=about).order_by("seq"))
            except UNREADABLE:
                # What cannot be read again was not merely added to.
                break
            bad = judge(head, chain)
        return bad


def _blamed(head: HeadLike | None, bad: Bad | None) -> Bad | None:
    """Blame what remembers the end, not an event, where the record shows it."""
    if head and bad and bad.by_end and is_remembered_wrongly(head, bad):
        return Bad(bad.about, None, None, "head")
    return bad


def _pairs(
    heads: Iterable[HeadLike], events: Iterable[Found]
) -> Iterator[tuple[HeadLike | None, Iterator[Found]]]:
    """Lay heads and chains side by side; both come in the order of what they are about."""
    waiting = iter(heads)
    head = next(waiting, None)
    for about, chain in groupby(events, key=lambda event: str(event.about)):
        while head is not None and str(head.about) < about:
            yield head, iter(())
            head = next(waiting, None)
        if head is not None and str(head.about) == about:
            yield head, chain
            head = next(waiting, None)
        else:
            yield None, chain
    while head is not None:
        yield head, iter(())
        head = next(waiting, None)


def _events() -> Iterator[Found]:
    """Read the events of all chains in their order."""
    after: UUID | None = None
    while True:
        rest = Event.objects.order_by("about", "seq")
        page = _read((rest if after is None else rest.filter(about__gt=after))[:PAGE])
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
        return list(events)
    except UNREADABLE:
        return [_read_one(pk) for pk in list(events.values_list("pk", flat=True))]


def _read_one(pk: int) -> Found:
    try:
        return Event.objects.get(pk=pk)
    except UNREADABLE:
        return Illegible(pk, "")
