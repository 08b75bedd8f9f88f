"""The open days of a mine by its rule and its calendar."""

from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.reception.models import OpenDayRule
from shuoshi.reception.rules.open_days import Fallback, OpenDate, open_dates


def open_day_rule_of(mine_id: int | None) -> OpenDayRule:
    """Return the mine's rule, or the usual one, which is not kept."""
    found = OpenDayRule.objects.filter(mine_id=mine_id).first() if mine_id else None
    return found or OpenDayRule(mine_id=mine_id or 0)


def open_dates_of(mine_id: int | None, year: int) -> list[OpenDate]:
    """
    Return the mine's open days of a year, on its own working calendar.

    :raises RecurrenceRefused: for a year that cannot be meant.
    """
    rule = open_day_rule_of(mine_id)
    return open_dates(
        rule.recurrence,
        year,
        calendar=work_calendar(mine_id, generation()),
        fallback=Fallback(rule.fallback),
    )
