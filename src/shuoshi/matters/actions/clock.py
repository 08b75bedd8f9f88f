"""Write the clock's log and set the deadline that runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import day_of, end_of
from shuoshi.matters.actions.change import Change
from shuoshi.matters.models import ClockEntry, Matter
from shuoshi.matters.queries.clock import ZONE, limit_from, log_of
from shuoshi.matters.rules.clock import Entry, EntryKind, Limit, Reckoning
from shuoshi.matters.rules.ladder import next_rung, rungs_reached
from shuoshi.matters.rules.states import ENDED, UNANSWERED, State
from shuoshi.matters.rules.table import ClockEffect
from shuoshi.org.rules.limits import LimitUnit


class ClockRefused(Refused):
    """The clock cannot do that."""


# The limit of the step that each state waits for; in HANDLING the total clock alone runs.
STEP_LIMITS = {
    State.RECEIVED: "TRIAGE",
    State.TRIAGED: "ACCEPT",
    State.DELIBERATING: "DELIBERATE",
    State.ANSWERED: "RATE",
    State.REVIEWING: "REVIEW",
    State.FINAL_REVIEWING: "FINAL_REVIEW",
}
# In these the total clock does not run: the step's limit is the only one.
ALONE = frozenset({State.ANSWERED, State.REVIEWING, State.FINAL_REVIEWING})
RESTING = frozenset({ClockEffect.PAUSE, ClockEffect.RESUME})
SETS_ASIDE = frozenset(
    {EntryKind.START, EntryKind.EXTEND, EntryKind.PAUSE, EntryKind.RESUME}
)


def classes_of(matter: Matter) -> dict[str, str]:
    """Return the classes of a matter by which limits are chosen."""
    return {
        "request_type": matter.request_type,
        "petition_class": matter.petition_class,
        "category": matter.category.code if matter.category else "",
        "level": matter.level,
    }


def run_clock(change: Change, *, moved: bool) -> None:
    """Log what the step does to the total clock, then set the one running deadline."""
    total_before = change.matter.answer_due_at
    new = _entries_of(change)
    if new:
        log = [*log_of(change.matter), *new]
        reckoning = change.clock.reckon(log)
        write_log(change.matter, new, reckoning)
        change.set(answer_due_at=reckoning.due_at, provisional=reckoning.provisional)
    if change.matter.state in ENDED:
        _stop(change)
    elif change.step.clock is ClockEffect.CLIMB:
        rests = change.matter.suspended_until is not None
        _next_warning(change, change.matter.rung + (not rests))
    else:
        _set_deadline(change, _running(change, total_before, moved=moved))


def write_log(matter: Matter, entries: list[Entry], reckoning: Reckoning) -> None:
    """Append lines to the clock's log of a matter."""
    ClockEntry.objects.bulk_create(
        clock_row(matter.pk, entry, reckoning) for entry in entries
    )


def clock_row(matter_id: int, entry: Entry, reckoning: Reckoning) -> ClockEntry:
    """Return a line of the log as it is kept."""
    limit = entry.limit
    return ClockEntry(
        matter_id=matter_id,
        at=entry.at,
        kind=entry.kind,
        amount=limit.amount if limit else None,
        unit=limit.unit if limit else "",
        key=limit.key if limit else "",
        basis=limit.basis if limit else "",
        version=limit.version if limit else 1,
        due_at=reckoning.due_at,
        provisional=reckoning.provisional,
    )


def _entries_of(change: Change) -> list[Entry]:
    now, matter = change.now, change.matter
    match change.step.clock:
        case ClockEffect.LIMIT:
            limit = change.clock.template("ANSWER", **classes_of(matter))
            return [Entry(now, EntryKind.LIMIT, limit_from(limit))]
        case ClockEffect.PAUSE:
            return [Entry(now, EntryKind.PAUSE)]
        case ClockEffect.RESUME:
            return [Entry(now, EntryKind.RESUME)]
        case ClockEffect.STOP:
            return [Entry(now, EntryKind.STOP)]
        case ClockEffect.RESTART:
            limit = change.clock.template("RECTIFY", **classes_of(matter))
            return [
                Entry(now, EntryKind.STOP),
                Entry(now, EntryKind.START, limit_from(limit)),
            ]
        case ClockEffect.EXTEND:
            return change.entries
        case ClockEffect.RECALCULATE if matter.state in UNANSWERED:
            return [Entry(now, EntryKind.RECALCULATE)]
        case _:
            return []


def extension(matter: Matter, *, now: datetime) -> Entry:
    """
    Return the entry that moves the due day of a matter to the day asked for.

    :raises ClockRefused: if the deadline has got past that day in the meantime.
    """
    due_on = day_of(matter.answer_due_at, ZONE)
    days = (matter.asked_until - due_on).days if matter.asked_until else 0
    if days < 1:
        raise ClockRefused(_("现在的期限已经不早于申请的日期，不用再批。"))
    return Entry(now, EntryKind.EXTEND, Limit(days, LimitUnit.CALENDAR, "EXTEND"))


@dataclass(frozen=True)
class Running:
    """A limit that runs, from when to when."""

    start: datetime
    due: datetime
    provisional: bool


def _stop(change: Change) -> None:
    change.set(
        due_at=None,
        next_rung_at=None,
        rung=0,
        suspended_at=None,
        suspended_until=None,
        asked_until=None,
    )


def _set_deadline(change: Change, running: Running) -> None:
    """Set the one deadline that runs, and the warning that is due next."""
    matter, same = change.matter, running.due == change.matter.due_at
    change.set(provisional=running.provisional)
    if same and matter.state != State.ANSWERED and change.step.clock not in RESTING:
        # The same deadline goes on, and with it the warnings already given.
        return
    change.set(due_at=running.due, due_from=min(running.start, running.due))
    span = change.clock.span(matter.due_from, running.due)
    reached = rungs_reached(change.now, change.clock.ladder, span)
    # Of the warnings already behind, whoever is responsible still hears the last.
    _next_warning(change, max(reached - 1, 0))


def _running(change: Change, total_before: datetime, *, moved: bool) -> Running:
    """Return what runs now: the total, the step's own limit or a named day."""
    matter, state = change.matter, State(change.matter.state)
    named = _named(change)
    if matter.due_at is not None and not moved:
        now = Running(matter.due_from, matter.due_at, matter.provisional)
        if named:
            return _first(now, *named)
        # A day that somebody named is no day of the calendar and stays.
        if state == State.HANDLING and _recalculates(change) and now.due < total_before:
            return now
    own = _own_limit(change, state)
    if own and state in ALONE:
        return own
    log = log_of(matter)
    total = Running(
        change.clock.reckon(log).started_at, matter.answer_due_at, matter.provisional
    )
    return _first(total, *filter(None, [own]), *named, *_ordered(matter, log))


def _first(*limits: Running) -> Running:
    return min(limits, key=lambda limit: limit.due)


def _recalculates(change: Change) -> bool:
    return change.step.clock is ClockEffect.RECALCULATE


def _named(change: Change) -> list[Running]:
    """Return the day that this very step names."""
    if change.finish_by is None:
        return []
    return [Running(change.now, change.finish_by, change.matter.provisional)]


def _own_limit(change: Change, state: State) -> Running | None:
    """Return the limit of the step that the state waits for."""
    if state not in STEP_LIMITS:
        return None
    matter = change.matter
    step = change.clock.after(
        matter.state_since, STEP_LIMITS[state], **classes_of(matter)
    )
    provisional = step.provisional or (state not in ALONE and matter.provisional)
    return Running(matter.state_since, step.due_at, provisional)


def _ordered(matter: Matter, log: Sequence[Entry]) -> list[Running]:
    """
    Return the days that leaders have set and that still bind.

    What moves the total clock later (an extension, a suspension, another round) is a
    leader's word too, and sets aside the days named before it.
    """
    since = max(entry.at for entry in log if entry.kind in SETS_ASIDE)
    return [
        Running(order.given_at, end_of(order.finish_on, ZONE), matter.provisional)
        for order in matter.orders.all()
        if order.given_at >= since
    ]


def _next_warning(change: Change, climbed: int) -> None:
    matter, clock = change.matter, change.clock
    if matter.state == State.ANSWERED or matter.due_at is None:
        # No warning to the speaker: the worker closes when the window ends.
        change.set(rung=0, next_rung_at=matter.due_at)
        return
    if matter.suspended_until is not None:
        # Nobody is late meanwhile, but the day that was named is kept an eye on.
        until = end_of(matter.suspended_until, ZONE)
        change.set(rung=climbed, next_rung_at=until if until > change.now else None)
        return
    rung = next_rung(clock.ladder, climbed, clock.span(matter.due_from, matter.due_at))
    change.set(rung=climbed, next_rung_at=rung.at if rung else None)
