"""The plans that the library knows. Pure: what it knows is compiled into it."""

from datetime import date
from functools import cache

from chinese_calendar import constants

from shuoshi.common.workdays import WorkCalendar
from shuoshi.org.rules.plans import YearPlan


SOURCE = "chinesecalendar"


@cache
def library_years() -> range:
    """Return the years that the library covers."""
    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def library_plan(year: int) -> YearPlan:
    """Return the days of one year, those of December under their own year."""
    return YearPlan(
        year, _named(constants.holidays, year), _named(constants.workdays, year)
    )


@cache
def library_calendar() -> WorkCalendar:
    """Return the statutory calendar of all years that the library covers."""
    plans = [library_plan(year) for year in library_years()]
    return WorkCalendar(
        holidays=frozenset(constants.holidays),
        make_up=frozenset(constants.workdays),
        known_years=frozenset(library_years()),
        names={
            day: name
            for plan in plans
            for day, name in [*plan.holidays.items(), *plan.make_up.items()]
        },
    )


def _named(days: dict[date, str], year: int) -> dict[date, str]:
    return {
        day: constants.Holiday(name).chinese
        for day, name in days.items()
        if day.year == year
    }
