"""The open days of a mine by its rule and its calendar."""

from datetime import date, timedelta

from shuoshi.accounts.models import User
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.people import people_holding
from shuoshi.org.rules.roles import Role
from shuoshi.reception.models import OpenDay, OpenDayRule
from shuoshi.reception.rules.open_days import (
    Fallback,
    OpenDate,
    OpenDayState,
    open_dates,
)


SHOWN, PLANNABLE = 24, 12
LONGEST_ID = 18


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


def dates_by(
    recurrence: str, fallback: str, *, mine_id: int, today: date
) -> list[OpenDate]:
    """Return the next dozen days that a rule would give, kept or not."""
    calendar = work_calendar(mine_id, generation())
    found = [
        one
        for year in (today.year, today.year + 1, today.year + 2)
        for one in open_dates(
            recurrence, year, calendar=calendar, fallback=Fallback(fallback)
        )
    ]
    ahead = [one for one in found if (one.day or one.moved_from or today) >= today]
    return ahead[:PLANNABLE]


def open_days_of(mine_id: int) -> list[OpenDay]:
    """Return the mine's open days, the latest first."""
    days = OpenDay.objects.filter(mine_id=mine_id)
    related = days.select_related("leader", "substitute")
    return list(related.prefetch_related("departments").order_by("-day", "-pk")[:SHOWN])


def days_to_announce(mine_id: int, *, today: date) -> list[OpenDay]:
    """Return what is planned and comes within the days that the mine's rule says."""
    until = today + timedelta(days=open_day_rule_of(mine_id).announce_days)
    return list(
        OpenDay.objects.filter(
            mine_id=mine_id, state=OpenDayState.PLANNED, day__range=(today, until)
        )
    )


def open_day_ahead(mine_id: int, *, today: date) -> OpenDay | None:
    """Return the next open day that is announced: what the public is told."""
    days = OpenDay.objects.filter(
        mine_id=mine_id, state=OpenDayState.ANNOUNCED, day__gte=today
    )
    related = days.select_related("leader", "substitute")
    return related.prefetch_related("departments").order_by("day").first()


def open_day_on(line: str, *, mine_id: int) -> OpenDay | None:
    """Return the open day whose times are booked under this name."""
    number = line.removeprefix("OPEN-")
    if not number.isascii() or not number.isdigit() or len(number) >= LONGEST_ID:
        return None
    return OpenDay.objects.filter(pk=int(number), mine_id=mine_id).first()


def reports_of(mine_id: int) -> list[OpenDay]:
    """Return the open days whose report is published, the latest first."""
    days = OpenDay.objects.filter(mine_id=mine_id, state=OpenDayState.PUBLISHED)
    return list(days.select_related("leader", "substitute").order_by("-day")[:SHOWN])


def dates_to_plan(mine_id: int, *, today: date) -> list[OpenDate]:
    """Return the open days of this year and the next that nobody has planned yet."""
    taken = set(
        OpenDay.objects.filter(mine_id=mine_id)
        .exclude(state=OpenDayState.CANCELLED)
        .values_list("month", flat=True)
    )
    found = open_dates_of(mine_id, today.year) + open_dates_of(mine_id, today.year + 1)
    ahead = [one for one in found if one.month not in taken]
    return [one for one in ahead if one.day is None or one.day >= today][:PLANNABLE]


def leaders_of(mine_id: int) -> list[User]:
    """Return who can receive on an open day: those in charge, and those who lead."""
    return people_holding([Role.CHIEF, Role.LEADER], mine_id=mine_id)
