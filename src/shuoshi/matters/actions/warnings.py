"""What the clock does by itself: warn, close, recalculate."""

from datetime import date, datetime

from django.db import transaction

from shuoshi.common.refusals import Outdated, Refused
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.actions.telling import tell_people
from shuoshi.matters.models import Matter, Part
from shuoshi.matters.queries.warnings import (
    due_to_climb,
    parts_overdue,
    touched_by_calendar,
)
from shuoshi.matters.rules.states import State
from shuoshi.org.queries.people import heads_of
from shuoshi.org.rules.standing import CLOCK


# Against people who change the same matter at the same moment.
TRIES = 5


def climb_ladder(*, now: datetime, most: int = 500) -> int:
    """
    Take every matter whose warning is due one rung up, or close it when rated out.

    Returns how many were moved. Each is a transaction of its own; what somebody else
    changes at the same moment is left for the next round.
    """
    due = list(due_to_climb(now=now)[:most])
    return sum(_climb(matter, now=now) for matter in due)


def _climb(matter: Matter, *, now: datetime) -> bool:
    name = "close" if matter.state == State.ANSWERED else "climb"
    try:
        take_step(matter, name, by=CLOCK, now=now, version=matter.version)
    except Refused:
        return False
    return True


def warn_of_late_parts(*, now: datetime, most: int = 500) -> int:
    """Tell the heads of units, and who is responsible, once, that a share is late."""
    return sum(_warn(part, now=now) for part in list(parts_overdue(now=now)[:most]))


@transaction.atomic
def _warn(part: Part, *, now: datetime) -> bool:
    if not Part.objects.filter(pk=part.pk, warned_at=None).update(warned_at=now):
        return False
    matter = part.matter
    if not matter.is_open:
        return False
    people = [*heads_of(part.unit_id), *filter(None, [matter.responsible_id])]
    tell_people(matter, dict.fromkeys(people), kind="part_late", now=now)
    return True


def recalculate_deadlines(*, now: datetime, since: date | None = None) -> int:
    """
    Reckon anew the deadlines that a change of the calendar may have moved.

    These are the provisional ones and those on or after the first changed day. Each that
    really moves, or is no longer provisional, gets an event and a line in the clock's
    log; the others are left alone. Returns how many changed.
    """
    return sum(
        _recalculate(matter, now=now)
        for matter in touched_by_calendar(since=since).iterator(chunk_size=500)
    )


def _recalculate(matter: Matter, *, now: datetime) -> bool:
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                fresh = take_step(matter, "recalculate", by=CLOCK, now=now)
                if _deadlines(fresh) == _deadlines(matter):
                    raise Unchanged
        except Outdated:
            continue
        except (Unchanged, Refused):
            # Nothing moved, or it has ended since it was looked up.
            return False
        return True
    return False


def _deadlines(matter: Matter) -> tuple[datetime, datetime | None, bool]:
    return (matter.answer_due_at, matter.due_at, matter.provisional)


class Unchanged(Exception):
    """The new calendar comes to the same day: nothing to put on record."""
