"""
Keep the calendar: load the plan of a year, take it back, change a single day.

Each action moves the generation on and returns the first day that may now be worked
differently; deadlines from there on are to be reckoned anew.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import CalendarDay, CalendarYear, DayKind, Mine
from shuoshi.org.models.calendar import STATUTORY
from shuoshi.org.queries.calendar import official_years
from shuoshi.org.rules.plans import (
    DECEMBER,
    LONGEST_NAME,
    PlanRefused,
    YearPlan,
    check_plan,
    check_year,
    is_name,
    may_keep_calendar,
)
from shuoshi.org.rules.standing import CLOCK, Standing
from shuoshi.org.rules.statutory import SOURCE, library_plan, library_years
from shuoshi.trail.actions import note


LONGEST_SOURCE = 200


@transaction.atomic
def seed_calendar(*, now: datetime) -> tuple[int, ...]:
    """
    Load the years that the library covers and nobody has loaded; return these years.

    To be called at every start: a year once loaded, edited or not, is left alone.
    """
    missing = tuple(year for year in library_years() if year not in official_years())
    if not missing:
        return ()
    CalendarDay.objects.filter(mine=None, day__year__in=missing).delete()
    CalendarDay.objects.bulk_create(
        row for year in missing for row in _rows(library_plan(year))
    )
    CalendarYear.objects.bulk_create(
        CalendarYear(year=year, source=SOURCE, loaded_at=now, loaded_by=CLOCK.on_record)
        for year in missing
    )
    bump()
    return missing


@transaction.atomic
def load_year(plan: YearPlan, *, source: str, by: Standing, now: datetime) -> date:
    """
    Put a year's plan in the place of what was known of it and mark the year official.

    :raises NotPermitted: unless the person keeps the calendar.
    :raises PlanRefused: if this cannot be the plan of that year.
    """
    _require_keeper(by)
    check_plan(plan)
    source = source.strip()
    if not 0 < len(source) <= LONGEST_SOURCE or not source.isprintable():
        raise PlanRefused(_("请写明来源，如国务院办公厅通知的文号。"), field="source")
    _forget_days(plan.year)
    rows = _rows(plan)
    CalendarDay.objects.filter(mine=None, day__in=[row.day for row in rows]).delete()
    CalendarDay.objects.bulk_create(rows)
    CalendarYear.objects.update_or_create(
        year=plan.year,
        defaults={"source": source, "loaded_at": now, "loaded_by": by.on_record},
    )
    bump()
    _note("loaded", by, now, year=plan.year, days=len(rows))
    return min(row.day for row in rows)


@transaction.atomic
def unload_year(year: int, *, by: Standing, now: datetime) -> date:
    """
    Take a year's plan back: its days are provisional again.

    :raises NotPermitted: unless the person keeps the calendar.
    :raises PlanRefused: if the year is not loaded.
    """
    _require_keeper(by)
    check_year(year)
    _require_official(year)
    CalendarYear.objects.filter(year=year).delete()
    _forget_days(year)
    bump()
    _note("unloaded", by, now, year=year)
    return date(year, 1, 1)


@transaction.atomic
def set_day(
    day: date,
    *,
    kind: DayKind,
    by: Standing,
    now: datetime,
    mine: Mine | None = None,
    name: str = "",
) -> date:
    """
    Say what a single day is: for everybody without a mine, otherwise for that mine.

    :raises NotPermitted: unless the person keeps the calendar, a mine's own of that mine.
    :raises PlanRefused: if the kind does not fit, or the year's plan is not loaded.
    """
    _require_keeper(by, mine)
    check_year(day.year)
    if (kind in STATUTORY) != (mine is None):
        raise PlanRefused(
            _("法定休假与调休对所有单位生效，停工与上班只对本单位生效。"), field="kind"
        )
    if not is_name(name):
        raise PlanRefused(
            _("名称应是不超过 %(most)d 个字的文字。") % {"most": LONGEST_NAME},
            field="name",
        )
    if mine is None:
        _require_official(day.year)
    CalendarDay.objects.update_or_create(
        mine=mine, day=day, defaults={"kind": kind, "name": name}
    )
    bump()
    _note("day_set", by, now, mine, day=day.isoformat(), kind=str(kind))
    return day


@transaction.atomic
def clear_day(
    day: date, *, by: Standing, now: datetime, mine: Mine | None = None
) -> date:
    """
    Make a single day plain again; nothing happens if it is.

    :raises NotPermitted: unless the person keeps the calendar, a mine's own of that mine.
    """
    _require_keeper(by, mine)
    CalendarDay.objects.filter(mine=mine, day=day).delete()
    bump()
    _note("day_cleared", by, now, mine, day=day.isoformat())
    return day


def _note(
    what: str, by: Standing, now: datetime, mine: Mine | None = None, **detail: object
) -> None:
    mine_id = mine.pk if mine else by.mine_id or 0
    verb = f"org.calendar_{what}"
    note(verb, by=by.on_record, at=now, mine_id=mine_id, detail=detail)


def _require_keeper(by: Standing, mine: Mine | None = None) -> None:
    elsewhere = mine is not None and by.mine_id not in {None, mine.pk}
    if elsewhere or not may_keep_calendar(by):
        raise NotPermitted(_("只有系统管理员可以维护工作日历。"))


def _require_official(year: int) -> None:
    if year not in official_years():
        raise PlanRefused(
            _("%(year)d 年的放假安排尚未载入。") % {"year": year}, field="day"
        )


def _forget_days(year: int) -> None:
    days = CalendarDay.objects.filter(mine=None, day__year=year)
    if year + 1 in official_years():
        # The plan of the year after may have spoken about the end of December.
        days = days.exclude(day__gte=date(year, DECEMBER, 1))
    days.delete()


def _rows(plan: YearPlan) -> list[CalendarDay]:
    return [
        *_rows_of_kind(plan.holidays, DayKind.HOLIDAY),
        *_rows_of_kind(plan.make_up, DayKind.MAKE_UP),
    ]


def _rows_of_kind(days: Mapping[date, str], kind: DayKind) -> list[CalendarDay]:
    return [CalendarDay(day=day, kind=kind, name=name) for day, name in days.items()]
