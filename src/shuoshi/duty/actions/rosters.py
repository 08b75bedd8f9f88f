"""Make the roster of a month or a quarter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.refusals import NotPermitted
from shuoshi.duty.models import Origin, Turn
from shuoshi.duty.queries.rosters import Month, task_for, turns_to_make_anew
from shuoshi.duty.queries.solving import even_plan
from shuoshi.duty.rules.access import may_plan
from shuoshi.duty.rules.rosters import EVEN, Plan, Task
from shuoshi.duty.rules.telling import warnings_of
from shuoshi.org.actions.generation import bump
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


@dataclass(frozen=True)
class Planned:
    """A roster, whether it was entered or only looked at, and what to know about it."""

    task: Task
    plan: Plan
    warnings: list[str]


def look_at_roster(
    mine_id: int, month: Month, *, now: datetime, seed: int = 0
) -> Planned:
    """
    Work out the roster of these months; nothing is changed.

    :raises RosterRefused: if there is nobody to take turns, or no working day.
    """
    task = task_for(mine_id, month, today=localdate(now), seed=seed)
    plan = even_plan(task)
    uneven = max(plan.spread_of_people, plan.spread_of_units) > EVEN
    possible = even_plan(task.without_leave()) if uneven else None
    return Planned(
        task, plan, warnings_of(task, plan, names=_names(plan, task), possible=possible)
    )


def make_roster(
    mine_id: int, month: Month, *, by: Standing, now: datetime, seed: int = 0
) -> Planned:
    """
    Enter the roster of these months.

    What was made before by the roster is made anew, but for today and what is past; what
    people entered or swapped stays.

    :raises NotPermitted: unless the person plans this mine's roster.
    :raises RosterRefused: if there is nobody to take turns, or no working day.
    """
    if not may_plan(by) or by.mine_id not in {None, mine_id}:
        raise NotPermitted(_("值班表由统筹人员安排。"))
    made = look_at_roster(mine_id, month, now=now, seed=seed)
    _enter(mine_id, month, made, by=by, now=now)
    return made


@transaction.atomic
def _enter(
    mine_id: int, month: Month, made: Planned, *, by: Standing, now: datetime
) -> None:
    today = localdate(now)
    fixed = set(made.task.fixed)
    turns_to_make_anew(mine_id, month, today=today).delete()
    Turn.objects.bulk_create(
        Turn(
            mine_id=mine_id,
            day=one.day,
            unit_id=one.unit_id,
            person_id=one.person_id,
            origin=Origin.ROSTER,
        )
        for one in made.plan.turns
        if one not in fixed and one.day > today
    )
    bump()
    note(
        "duty.roster_made",
        by=by.on_record,
        at=now,
        mine_id=mine_id,
        detail={
            "since": month.since.isoformat(),
            "until": month.until.isoformat(),
            "turns": len(made.plan.turns),
        },
    )


def _names(plan: Plan, task: Task) -> dict[int, str]:
    people = {*task.people, *(turn.person_id for turn in plan.turns)}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
