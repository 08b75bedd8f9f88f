"""What the clock does by itself: warn, close, recalculate."""

from datetime import datetime

from django.db import transaction

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.actions.telling import tell_people
from shuoshi.matters.models import Matter, Part
from shuoshi.matters.queries.warnings import (
    due_to_climb,
    parts_overdue,
    still_provisional,
)
from shuoshi.matters.rules.states import State
from shuoshi.org.queries.people import heads_of
from shuoshi.org.rules.standing import CLOCK


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


def recalculate_provisional(*, now: datetime, mine_id: int | None = None) -> int:
    """
    Reckon anew what rested on a year without a plan, once the plan is loaded.

    Each recalculation is an event and a line in the clock's log. Returns how many
    deadlines were reckoned anew.
    """
    matters = list(still_provisional(mine_id=mine_id).order_by("pk"))
    for matter in matters:
        take_step(matter, "recalculate", by=CLOCK, now=now)
    return len(matters)
