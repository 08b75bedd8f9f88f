"""Say what is wrong with a roster, in sentences for people."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shuoshi.duty.rules.rosters import (
    EVEN,
    Plan,
    Task,
    busy_weeks,
    empty_days,
    held_up,
    in_a_row,
    on_leave,
)


Names = Mapping[int, str]


def warnings_of(
    task: Task, plan: Plan, *, names: Names, possible: Plan | None = None
) -> list[str]:
    """
    Return what whoever looks at a new roster should know. Nothing of it stands in the way.

    ``possible`` is the roster that could be had if nobody were away: it tells whether
    leave is why turns are uneven.
    """
    told = clashes_of(task, plan, names=names)
    return told + _uneven(task, plan, names, possible)


def clashes_of(task: Task, plan: Plan, *, names: Names) -> list[str]:
    """Return where a roster has gaps, asks for who is away, or asks too much of somebody."""
    told = [
        _("%(day)s 没有排满，缺人。") % {"day": _day(day)}
        for day in empty_days(task, plan.turns)
    ]
    told += [
        _("%(day)s 排了%(name)s，但那天请假。")
        % {"day": _day(turn.day), "name": names[turn.person_id]}
        for turn in on_leave(task, plan.turns)
    ]
    if task.apart:
        told += [
            _("%(name)s连着值两个工作日，第二天是 %(day)s。")
            % {"name": names[turn.person_id], "day": _day(turn.day)}
            for turn in in_a_row(task, plan.turns)
        ]
    told += [
        _("%(name)s在 %(day)s 那一周要值 %(many)d 天。")
        % {"name": names[person], "day": _day(monday), "many": many}
        for (person, monday), many in busy_weeks(plan.turns).items()
    ]
    return told


def _uneven(task: Task, plan: Plan, names: Names, possible: Plan | None) -> list[str]:
    worst = max(plan.spread_of_people, plan.spread_of_units)
    if worst <= EVEN:
        return []
    told = _(
        "班次不完全平均：个人最多相差 %(people)d 次，部门最多相差 %(units)d 次。"
    ) % {
        "people": plan.spread_of_people,
        "units": plan.spread_of_units,
    }
    return [told + _why(task, plan, names, possible)]


def _why(task: Task, plan: Plan, names: Names, possible: Plan | None) -> str:
    if task.fixed and possible is None:
        return _("其中有手工定下的班次。")
    if possible is None or _is_as_even(possible, plan):
        return _("各部门能值班的人数不一样，已经是最平均的排法。")
    held = held_up(task, plan.turns)
    return _("因为有人请假：%(names)s。已经是最平均的排法。") % {
        "names": _listed(names[one] for one in held) or _("假期集中")
    }


def _is_as_even(possible: Plan, plan: Plan) -> bool:
    return (possible.spread_of_units, possible.spread_of_people) >= (
        plan.spread_of_units,
        plan.spread_of_people,
    )


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)


def _day(day: date) -> str:
    return date_format(day, "m-d")
