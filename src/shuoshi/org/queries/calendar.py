"""The work calendar of a mine, remembered per generation."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import Q

from shuoshi.common.workdays import WorkCalendar
from shuoshi.org.models import CalendarDay, CalendarYear, DayKind
from shuoshi.org.rules.statutory import library_calendar


Row = tuple[date, str, str]


@lru_cache(maxsize=64)
def work_calendar(mine_id: int | None, _generation: int) -> WorkCalendar:
    """
    Return the statutory calendar with the mine's own closures and openings.

    While no year at all has been loaded, the years that the library covers stand in.
    """
    years = official_years()
    rows = list(
        CalendarDay.objects.filter(Q(mine=None) | Q(mine=mine_id)).values_list(
            "day", "kind", "name"
        )
    )
    statutory = (
        WorkCalendar(
            holidays=_of_kind(rows, DayKind.HOLIDAY),
            make_up=_of_kind(rows, DayKind.MAKE_UP),
            known_years=years,
        )
        if years
        else library_calendar()
    )
    return replace(
        statutory,
        closures=_of_kind(rows, DayKind.CLOSURE),
        openings=_of_kind(rows, DayKind.OPENING),
        names={**statutory.names, **_names(rows)},
    )


def official_years() -> frozenset[int]:
    """Return the years whose plan has been loaded."""
    return frozenset(CalendarYear.objects.values_list("year", flat=True))


def _of_kind(rows: Iterable[Row], kind: DayKind) -> frozenset[date]:
    return frozenset(day for day, of, _name in rows if of == kind)


def _names(rows: Iterable[Row]) -> dict[date, str]:
    # A mine's own name of a day goes before the plan's.
    own = {DayKind.CLOSURE, DayKind.OPENING}
    return {day: name for day, of, name in sorted(rows, key=lambda row: row[1] in own)}
