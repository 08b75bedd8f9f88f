"""Write the clock's log and set the deadline that runs."""

from datetime import datetime, timedelta

from shuoshi.common.workdays import day_of, end_of
from shuoshi.matters.actions.change import Change
from shuoshi.matters.models import ClockEntry, Matter
from shuoshi.matters.queries.clock import ZONE, MineClock, limit_from, log_of
from shuoshi.matters.rules.clock import Entry, EntryKind, Limit, Reckoning
from shuoshi.matters.rules.ladder import next_rung, rungs_reached
from shuoshi.matters.rules.states import ENDED, State
from shuoshi.matters.rules.table import ClockEffect
from shuoshi.org.rules.limits import LimitUnit


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
        change.set(
            answer_due_at=reckoning.due_at, provisional=reckoning.provisional
        )
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
                Entry(now + timedelta(microseconds=1), EntryKind.START, limit_from(limit)),
            ]
        case ClockEffect.EXTEND:
            return change.entries
        case _:
            return []


def extension(matter: Matter, *, now: datetime) -> Entry:
    """Return the entry that moves the due day of a matter to the day asked for."""
    if matter.asked_until is None:
        raise ValueError("nobody asked for an extension")
    days = (matter.asked_until - day_of(matter.answer_due_at, ZONE)).days
    return Entry(now, EntryKind.EXTEND, Limit(days, LimitUnit.CALENDAR, "EXTEND"))


def set_deadline(change: Change, *, moved: bool) -> None:
    """Set the one deadline that runs: the step's or the total, whichever is first."""
    matter = change.matter
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
        _next_warning(change.clock, change, climbed)
        return
    started, due, provisional = matter.received_at, matter.answer_due_at, False
    state = State(matter.state)
    if change.finish_by is not None:
        running = due if moved or matter.due_at is None else matter.due_at
        started, due = change.now, min(change.finish_by, running)
    elif state in STEP_LIMITS:
        step = change.clock.after(change.now, STEP_LIMITS[state], **classes_of(matter))
        provisional = step.provisional
        if state in ALONE or step.due_at < due:
            started, due = change.now, step.due_at
    elif not moved and change.step.clock is ClockEffect.NOTHING:
        return
    started = min(started, due)
    change.set(due_at=due, due_from=started, provisional=matter.provisional or provisional)
    reached = rungs_reached(change.now, change.clock.ladder, change.clock.span(started, due))
    # Of the warnings already behind, the new responsible person still hears the last.
    _next_warning(change.clock, change, max(reached - 1, 0))


def _next_warning(clock: MineClock, change: Change, climbed: int) -> None:
    matter = change.matter
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
