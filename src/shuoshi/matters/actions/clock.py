"""Write the clock's log and set the deadline that runs."""

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
    new = _entries_of(change)
    if new:
        log = [*log_of(change.matter), *new]
        reckoning = change.clock.reckon(log)
        write_log(change.matter, new, reckoning)
        change.set(answer_due_at=reckoning.due_at, provisional=reckoning.provisional)
    set_deadline(change, moved=moved)


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


def set_deadline(change: Change, *, moved: bool) -> None:
    """Set the one deadline that runs: the step's or the total, whichever is first."""
    matter, before = change.matter, change.matter.due_at
    if matter.state in ENDED:
        change.set(
            due_at=None,
            next_rung_at=None,
            rung=0,
            suspended_at=None,
            suspended_until=None,
            asked_until=None,
        )
        return
    if change.step.clock is ClockEffect.CLIMB:
        climbed = matter.rung if matter.suspended_until else matter.rung + 1
        _next_warning(change, climbed)
        return
    started, due, provisional = _running(change, moved=moved)
    started = min(started, due)
    change.set(due_at=due, due_from=started, provisional=provisional)
    if due == before and matter.state != State.ANSWERED and not _rests(change):
        # The same deadline goes on, and with it the warnings already given.
        return
    span = change.clock.span(started, due)
    reached = rungs_reached(change.now, change.clock.ladder, span)
    # Of the warnings already behind, whoever is responsible still hears the last.
    _next_warning(change, max(reached - 1, 0))


def _rests(change: Change) -> bool:
    return change.step.clock in {ClockEffect.PAUSE, ClockEffect.RESUME}


def _running(change: Change, *, moved: bool) -> tuple[datetime, datetime, bool]:
    """Return from when to when the running deadline goes, and if it is provisional."""
    matter, state = change.matter, State(change.matter.state)
    total = (matter.received_at, matter.answer_due_at, matter.provisional)
    if change.finish_by is not None:
        running = matter.answer_due_at if moved else matter.due_at
        due = min(change.finish_by, running or change.finish_by)
        return change.now, due, matter.provisional
    if state in STEP_LIMITS:
        start = matter.state_since
        step = change.clock.after(start, STEP_LIMITS[state], **classes_of(matter))
        if state in ALONE:
            return start, step.due_at, step.provisional
        if step.due_at < matter.answer_due_at:
            return start, step.due_at, matter.provisional or step.provisional
    elif _keeps_named_day(change) and matter.due_at is not None:
        return matter.due_from, matter.due_at, matter.provisional
    return total


def _keeps_named_day(change: Change) -> bool:
    """A day that somebody named is no day of the calendar: recalculating leaves it."""
    matter = change.matter
    return (
        change.step.clock is ClockEffect.RECALCULATE
        and matter.due_at is not None
        and matter.due_at < matter.answer_due_at
    )


def _next_warning(change: Change, climbed: int) -> None:
    matter, clock = change.matter, change.clock
    if matter.due_at is None:
        return
    if matter.state == State.ANSWERED:
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
