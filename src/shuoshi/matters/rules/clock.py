"""
The clock of a matter, derived from its log. Pure: no database, no clock on the wall.

Nothing is counted down. A log of entries (start, pause, resume, extend, another limit)
is replayed over the work calendar; what comes out is the moment the limit ends. A running
clock never starts again: sending back, handing over and merging write no entry, and a limit
chosen later counts from the first start.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, tzinfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shuoshi.common.workdays import (
    MIDNIGHT,
    ONE_DAY,
    DayResult,
    TraceStep,
    WorkCalendar,
    day_of,
    end_of,
)
from shuoshi.org.rules.limits import LimitUnit


MICROSECOND = timedelta(microseconds=1)


class EntryKind(TextChoices):
    START = "START", _("开始计时")
    LIMIT = "LIMIT", _("确定时限")
    PAUSE = "PAUSE", _("中止计时")
    RESUME = "RESUME", _("恢复计时")
    EXTEND = "EXTEND", _("延长时限")
    RECALCULATE = "RECALCULATE", _("按新日历重算")
    STOP = "STOP", _("停止计时")


# Entries that say how long; the others only say when.
MEASURED = frozenset([EntryKind.START, EntryKind.LIMIT, EntryKind.EXTEND])


@dataclass(frozen=True)
class Limit:
    """How long something may take, and the article or rule it comes from."""

    amount: int
    unit: LimitUnit
    key: str = ""
    basis: str = ""
    # Of the template; a running matter keeps the one it began with.
    version: int = 1

    def __post_init__(self) -> None:
        """
        Check the amount.

        :raises ValueError: if it is less than 1.
        """
        if self.amount < 1:
            raise ValueError(f"a limit is at least 1, not {self.amount}")


@dataclass(frozen=True)
class Entry:
    """One line of the log. START, LIMIT and EXTEND carry a limit, the others none."""

    at: datetime
    kind: EntryKind
    limit: Limit | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """
        Check that the entry says how long if, and only if, its kind measures.

        :raises ValueError: if it does not.
        """
        if (self.kind in MEASURED) != (self.limit is not None):
            raise ValueError(f"{self.kind} with the limit {self.limit}")


@dataclass(frozen=True)
class Reckoning:
    """
    What the log comes to.

    While ``paused``, ``due_at`` is the moment as it stood when the pause began: nobody is
    late by it, it moves when the clock resumes. ``trace`` holds plain values: a line for
    each entry with the due moment it led to, then the days of the present count.
    """

    started_at: datetime
    due_at: datetime
    provisional: bool
    paused: bool
    stopped_at: datetime | None
    trace: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class _Part:
    """What is left of a limit or of an extension: days, or microseconds of MINUTES."""

    unit: LimitUnit
    left: int

    @classmethod
    def of(cls, limit: Limit) -> "_Part":
        if limit.unit == LimitUnit.MINUTES:
            return cls(limit.unit, timedelta(minutes=limit.amount) // MICROSECOND)
        return cls(LimitUnit(limit.unit), limit.amount)


@dataclass(frozen=True)
class _Due:
    at: datetime
    provisional: bool = False
    days: tuple[TraceStep, ...] = ()


@dataclass
class _Replay:
    """
    The state between two entries: parts still to run, one after the other, from an anchor.

    The day of the anchor is day 0. A pause changes nothing but the anchor: what had run by
    then is taken off the parts, and what is left begins again on the day of the resumption.
    """

    calendar: WorkCalendar
    zone: tzinfo
    day_ends: time
    anchor: datetime
    parts: list[_Part] = field(default_factory=list)
    paused_at: datetime | None = None
    stopped_at: datetime | None = None

    def take(self, entry: Entry) -> None:
        if self.stopped_at is not None:
            return
        if entry.kind == EntryKind.EXTEND and entry.limit is not None:
            self.parts.append(_Part.of(entry.limit))
        elif entry.kind == EntryKind.PAUSE and self.paused_at is None:
            self.paused_at = entry.at
        elif entry.kind == EntryKind.RESUME and self.paused_at is not None:
            self._resume(self.paused_at, entry.at)
            self.paused_at = None
        elif entry.kind == EntryKind.STOP:
            self.stopped_at = entry.at

    def due(self) -> _Due:
        due = _Due(self.anchor)
        for part in self.parts:
            end = self._end_of_part(due.at, part)
            due = _Due(
                end.at, due.provisional or end.provisional, (*due.days, *end.days)
            )
        return due

    def _resume(self, paused_at: datetime, resumed_at: datetime) -> None:
        # A pause that began after the end stops nothing: the limit was over.
        if paused_at <= self.due().at:
            self._take_off(paused_at)
            self.anchor = resumed_at

    def _take_off(self, moment: datetime) -> None:
        """Take what has run by ``moment`` off the parts; the end does not move by it."""
        end = self._end_of_part(self.anchor, self.parts[0]).at
        while moment > end:
            self.parts.pop(0)
            self.anchor = end
            end = self._end_of_part(self.anchor, self.parts[0]).at
        part = self.parts[0]
        left = max(part.left - self._used(part.unit, moment), 0)
        self.parts[0] = replace(part, left=left)
        self.anchor = moment

    def _used(self, unit: LimitUnit, moment: datetime) -> int:
        if unit == LimitUnit.MINUTES:
            return (moment - self.anchor) // MICROSECOND
        first, last = day_of(self.anchor, self.zone), day_of(moment, self.zone)
        if unit == LimitUnit.WORKING:
            return self.calendar.count_after(first, last)
        return (last - first).days

    def _end_of_part(self, anchor: datetime, part: _Part) -> _Due:
        if part.unit == LimitUnit.MINUTES:
            return _Due(anchor + part.left * MICROSECOND)
        result = self._last_day(anchor, part)
        at = end_of(result.day, self.zone, self.day_ends)
        return _Due(at, result.provisional, result.trace)

    def _last_day(self, anchor: datetime, part: _Part) -> DayResult:
        first = day_of(anchor, self.zone)
        if part.left == 0:
            # Paused on its last day: it ends on the day it resumes, if that is worked.
            day = self.calendar.next_workday(first)
            if end_of(day, self.zone, self.day_ends) < anchor:
                day = self.calendar.next_workday(day + ONE_DAY)
            return DayResult(day, self.calendar.is_provisional(day), ())
        if part.unit == LimitUnit.WORKING:
            return self.calendar.add_working(first, part.left)
        return self.calendar.add_calendar(first, part.left)


def derive(
    entries: Iterable[Entry],
    calendar: WorkCalendar,
    zone: tzinfo,
    *,
    day_ends: time = MIDNIGHT,
) -> Reckoning:
    """
    Replay the log of one clock and return when it ends.

    A START while the clock runs is ignored; after a STOP it begins a run of its own (a
    review has its own limit). The last LIMIT of a run counts from the run's start, as if
    it had been known then; pauses and extensions stay as they were.

    :raises ValueError: if the log holds no START.
    :raises OverflowError: if the end lies beyond the year 9999.
    """
    run = _last_run(sorted(entries, key=lambda entry: entry.at))
    replays = [
        _replayed(run[:count], calendar, zone, day_ends)
        for count in range(1, len(run) + 1)
    ]
    dues = [replay.due() for replay in replays]
    lines = [_line(entry, due.at, zone) for entry, due in zip(run, dues, strict=True)]
    return Reckoning(
        started_at=run[0].at,
        due_at=dues[-1].at,
        provisional=dues[-1].provisional,
        paused=replays[-1].paused_at is not None,
        stopped_at=replays[-1].stopped_at,
        trace=(*lines, *({**step} for step in dues[-1].days)),
    )


def _last_run(entries: Sequence[Entry]) -> list[Entry]:
    run: list[Entry] = []
    stopped = True
    for entry in entries:
        if entry.kind == EntryKind.START:
            if stopped:
                run, stopped = [entry], False
        elif run:
            run.append(entry)
            stopped = stopped or entry.kind == EntryKind.STOP
    if not run:
        raise ValueError("a clock begins with START")
    return run


def _replayed(
    run: Sequence[Entry], calendar: WorkCalendar, zone: tzinfo, day_ends: time
) -> _Replay:
    replay = _Replay(calendar, zone, day_ends, anchor=run[0].at)
    limits = [entry.limit for entry in run if entry.kind != EntryKind.EXTEND]
    replay.parts = [_Part.of(limit) for limit in limits if limit is not None][-1:]
    for entry in run[1:]:
        replay.take(entry)
    return replay


def _line(entry: Entry, due_at: datetime, zone: tzinfo) -> dict[str, object]:
    line: dict[str, object] = {
        "at": entry.at.astimezone(zone).isoformat(),
        "kind": entry.kind.value,
        "due": due_at.astimezone(zone).isoformat(),
    }
    if entry.limit is not None:
        line["limit"] = {
            "amount": entry.limit.amount,
            "unit": entry.limit.unit.value,
            "key": entry.limit.key,
            "basis": entry.limit.basis,
            "version": entry.limit.version,
        }
    if entry.note:
        line["note"] = entry.note
    return line
