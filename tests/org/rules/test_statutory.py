from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from shuoshi.org.rules.statutory import library_calendar, library_plan, library_years


CALENDAR = library_calendar()


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_day_agrees_with_both_libraries(year):
    other = holidays.country_holidays("CN", years=year)
    first = date(year, 1, 1)

    for day in (first + timedelta(days=n) for n in range(366)):
        if day.year == year:
            worked = CALENDAR.is_workday(day)
            assert worked is chinese_calendar.is_workday(day), day
            assert worked is other.is_working_day(day), day
            assert not CALENDAR.is_provisional(day)


def test_the_library_covers_these_years():
    assert library_years() == range(2004, 2027)
    assert CALENDAR.is_provisional(date(2027, 1, 1))
    assert CALENDAR.is_provisional(date(2003, 12, 31))


def test_a_plan_names_its_days_in_chinese():
    plan = library_plan(2025)

    assert plan.holidays[date(2025, 1, 28)] == "春节"
    assert plan.make_up[date(2025, 10, 11)] == "国庆节"
    assert len(plan.holidays) == 28
    assert len(plan.make_up) == 5


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        # Worked by hand from the notices of the State Council.
        # Spring Festival 2025: off 28 January to 4 February, worked 26 January, 8 February.
        (date(2025, 1, 24), 1, date(2025, 1, 26)),
        (date(2025, 1, 24), 2, date(2025, 1, 27)),
        (date(2025, 1, 24), 3, date(2025, 2, 5)),
        (date(2025, 1, 24), 6, date(2025, 2, 8)),
        (date(2025, 1, 24), 7, date(2025, 2, 10)),
        # National Day 2025: off 1 to 8 October, worked 28 September, 11 October.
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 26), 4, date(2025, 10, 9)),
        (date(2025, 9, 26), 6, date(2025, 10, 11)),
        (date(2025, 9, 26), 7, date(2025, 10, 13)),
        (date(2025, 10, 3), 1, date(2025, 10, 9)),
    ],
)
def test_working_days_counted_by_hand(start, n, expected):
    assert CALENDAR.add_working(start, n).day == expected


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        # 60 days across Spring Festival 2025: the festival counts like any other day.
        (date(2024, 12, 10), 60, date(2025, 2, 8)),  # a Saturday, but worked
        (date(2024, 12, 11), 60, date(2025, 2, 10)),  # moved from Sunday the 9th
        (date(2024, 12, 5), 60, date(2025, 2, 5)),  # moved from 3 February
        # 30 days that end on a day off.
        (date(2025, 9, 1), 30, date(2025, 10, 9)),  # 1 October
        (date(2025, 9, 8), 30, date(2025, 10, 9)),  # 8 October
        (date(2025, 9, 11), 30, date(2025, 10, 11)),  # a Saturday, but worked
        (date(2025, 9, 12), 30, date(2025, 10, 13)),  # Sunday the 12th
        (date(2025, 4, 1), 30, date(2025, 5, 6)),  # 1 May
        (date(2024, 1, 30), 30, date(2024, 2, 29)),
    ],
)
def test_calendar_days_counted_by_hand(start, n, expected):
    assert CALENDAR.add_calendar(start, n).day == expected
