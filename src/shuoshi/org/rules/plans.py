"""
The State Council's plan of a year: which days are off, which weekends are worked instead.

It is published in November or December of the year before. Pure.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import SATURDAY
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Kind, Standing


FIRST_YEAR, LAST_YEAR = 1950, 2200
LONGEST_NAME = 60
DECEMBER = 12


class PlanRefused(Refused):
    """This cannot be the plan of that year."""


@dataclass(frozen=True)
class YearPlan:
    """The days of one plan with their names."""

    year: int
    holidays: Mapping[date, str]
    make_up: Mapping[date, str]


def may_keep_calendar(by: Standing) -> bool:
    """The system administrator keeps the calendar; so does the console, as the clock."""
    return by.kind is Kind.CLOCK or by.is_any(Role.SYSADMIN)


def is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and text.isprintable()


def check_year(year: int) -> None:
    """
    Refuse a year that cannot be meant.

    :raises PlanRefused: with the reason.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlanRefused(
            _("年份应在 %(first)d 至 %(last)d 之间。")
            % {"first": FIRST_YEAR, "last": LAST_YEAR},
            field="year",
        )


def check_plan(plan: YearPlan) -> None:
    """
    Refuse a plan that would make the clock wrong.

    Days of December before may belong to it: New Year's holiday may begin there.

    :raises PlanRefused: with the reason.
    """
    check_year(plan.year)
    if date(plan.year, 1, 1) not in plan.holidays:
        raise PlanRefused(
            _("放假安排里没有 %(year)d 年元旦，可能不完整。") % {"year": plan.year},
            field="holidays",
        )
    for day in sorted({*plan.holidays, *plan.make_up}):
        if day.year != plan.year and (day.year, day.month) != (plan.year - 1, DECEMBER):
            raise PlanRefused(
                _("%(day)s 不属于 %(year)d 年的放假安排。")
                % {"day": day, "year": plan.year}
            )
    for day in sorted(plan.make_up):
        if day in plan.holidays:
            raise PlanRefused(
                _("%(day)s 既是休假又是调休上班。") % {"day": day}, field="make_up"
            )
        if day.weekday() < SATURDAY:
            raise PlanRefused(
                _("%(day)s 不是周末，不会是调休上班日。") % {"day": day},
                field="make_up",
            )


def read_plan(year: int, text: str) -> YearPlan:
    """
    Read a plan from JSON: {"holidays": {"2027-01-01": "元旦"}, "make_up": {…}}.

    :raises PlanRefused: if it is not of that form.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlanRefused(_("文件不是有效的 JSON。")) from error
    if not isinstance(data, dict) or not {"holidays", "make_up"}.issuperset(data):
        raise PlanRefused(_("文件应只含 holidays 和 make_up 两项。"))
    return YearPlan(
        year,
        _read_days(data.get("holidays"), "holidays"),
        _read_days(data.get("make_up", {}), "make_up"),
    )


def _read_days(listed: object, field: str) -> dict[date, str]:
    if not isinstance(listed, dict):
        raise PlanRefused(
            _("%(field)s 应是“日期: 名称”的对照。") % {"field": field}, field=field
        )
    return {
        _read_day(day, field): _read_name(name, field) for day, name in listed.items()
    }


def _read_day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PlanRefused(
            _("“%(day)s”不是日期，应写作 2027-01-01。") % {"day": text[:40]},
            field=field,
        ) from error


def _read_name(name: object, field: str) -> str:
    if not isinstance(name, str) or not is_name(name):
        raise PlanRefused(
            _("名称应是不超过 %(most)d 个字的文字。") % {"most": LONGEST_NAME},
            field=field,
        )
    return name
