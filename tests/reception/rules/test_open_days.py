"""The last Thursday of the month, and what happens where nobody works then."""

from calendar import THURSDAY, monthrange
from datetime import date, timedelta

import holidays
import pytest

from shuoshi.common.workdays import WorkCalendar
from shuoshi.org.rules.statutory import library_calendar
from shuoshi.reception.rules.open_days import (
    LAST_THURSDAY,
    Fallback,
    OpenDate,
    RecurrenceRefused,
    check_recurrence,
    open_dates,
)


PLAIN = WorkCalendar()
MOVED = {
    date(2020, 1, 30): date(2020, 1, 23),
    date(2020, 6, 25): date(2020, 6, 24),
    date(2023, 1, 26): date(2023, 1, 20),
    date(2025, 1, 30): date(2025, 1, 27),
}


def dates(year, *, rule=LAST_THURSDAY, fallback=Fallback.PREVIOUS, calendar=None):
    return open_dates(
        rule, year, calendar=calendar or library_calendar(), fallback=fallback
    )


def last_thursday(year, month):
    day = date(year, month, monthrange(year, month)[1])
    while day.weekday() != THURSDAY:
        day -= timedelta(days=1)
    return day


def is_off(day):
    """Ask another library, which knows the days off of each year by its own tables."""
    return day.weekday() > 4 or day in holidays.country_holidays("CN", years=day.year)


@pytest.mark.parametrize("year", range(2019, 2028))
def test_every_month_has_its_day(year):
    found = dates(year)

    assert [one.month for one in found] == [f"{year}-{n:02}" for n in range(1, 13)]
    for number, one in enumerate(found, start=1):
        usual = last_thursday(year, number)
        if usual in MOVED:
            assert one == OpenDate(f"{year}-{number:02}", MOVED[usual], usual)
        else:
            assert one == OpenDate(f"{year}-{number:02}", usual)
            assert not is_off(usual)


def test_the_holiday_goes_before_the_next_or_to_people():
    january = date(2025, 1, 30)

    (after,) = (one for one in dates(2025, fallback=Fallback.NEXT) if one.moved_from)
    (asked,) = (one for one in dates(2025, fallback=Fallback.HAND) if one.moved_from)

    # The make-up Saturday of 8 February comes after the Wednesday on which work begins.
    assert after == OpenDate("2025-01", date(2025, 2, 5), january)
    assert asked == OpenDate("2025-01", None, january)


def test_a_closure_of_the_mine_moves_it_too():
    day = date(2026, 7, 30)
    closed = WorkCalendar(closures=frozenset({day}))

    (moved,) = (one for one in dates(2026, calendar=closed) if one.moved_from == day)

    assert moved.day == date(2026, 7, 29)


def test_another_rule_is_another_day():
    assert dates(2026, rule="FREQ=MONTHLY;BYDAY=1MO", calendar=PLAIN)[1].day == date(
        2026, 2, 2
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "每月最后一个星期四",
        "FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=9XX",
        "FREQ=MONTHLY\nX",
        "FREQ=MONTHLY;BYDAY=" + "1MO," * 90,
    ],
)
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(RecurrenceRefused, match="RFC 5545"):
        check_recurrence(text)


def test_a_rule_is_kept_without_its_name():
    assert check_recurrence(" rrule:freq=monthly;byday=-1th ") == LAST_THURSDAY


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_that_cannot_be_meant_is_refused(year):
    with pytest.raises(RecurrenceRefused, match="年份应在"):
        dates(year)
