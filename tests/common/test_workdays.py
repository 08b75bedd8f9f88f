from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.common.workdays import StepKind, WorkCalendar, day_of, end_of


SHANGHAI = ZoneInfo("Asia/Shanghai")
# 2026-09-04 is a Friday.
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 9, day) for day in (4, 5, 6, 7))
CALENDAR = WorkCalendar(
    holidays=frozenset([MONDAY]),
    make_up=frozenset([SATURDAY]),
    known_years=frozenset([2026]),
    names={MONDAY: "厂庆"},
)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
near = st.dates(date(2025, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    WorkCalendar,
    holidays=st.frozensets(near, max_size=20),
    make_up=st.frozensets(near, max_size=20),
    closures=st.frozensets(near, max_size=20),
    openings=st.frozensets(near, max_size=20),
    known_years=st.frozensets(st.integers(2025, 2027)),
)
lengths = st.integers(1, 120)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(FRIDAY, True), (SATURDAY, True), (SUNDAY, False), (MONDAY, False)],
)
def test_is_workday(day, expected):
    assert CALENDAR.is_workday(day) is expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], StepKind.WORKING),
        (["holidays"], StepKind.HOLIDAY),
        (["holidays", "make_up"], StepKind.MAKE_UP),
        (["holidays", "make_up", "closures"], StepKind.CLOSURE),
        (["holidays", "make_up", "closures", "openings"], StepKind.OPENING),
    ],
)
def test_kind_puts_the_mine_above_the_plan(kinds, expected):
    calendar = WorkCalendar(**{kind: frozenset([FRIDAY]) for kind in kinds})

    assert calendar.kind(FRIDAY) == expected


def test_name_says_why_a_day_is_off():
    assert CALENDAR.name(MONDAY) == "厂庆"
    assert CALENDAR.name(FRIDAY) == ""
    assert CALENDAR.name(date(2027, 10, 1)) == "国庆节"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2027, 1, 1), False),  # a Friday
        (date(2027, 1, 2), False),  # a Saturday
        (date(2027, 1, 4), True),
        (date(2028, 5, 1), False),  # a Monday
        (date(2028, 5, 2), False),
        (date(2028, 5, 3), True),
        (date(2029, 10, 3), False),  # a Wednesday
        (date(2029, 10, 4), True),
    ],
)
def test_a_year_without_a_plan_knows_the_fixed_holidays(day, worked):
    assert CALENDAR.is_workday(day) is worked
    assert CALENDAR.is_provisional(day)


def test_a_known_year_has_only_the_holidays_of_its_plan():
    assert CALENDAR.is_workday(date(2026, 10, 1))
    assert not CALENDAR.is_provisional(date(2026, 10, 1))


def test_next_workday_is_on_or_after():
    assert CALENDAR.next_workday(SATURDAY) == SATURDAY
    assert CALENDAR.next_workday(SUNDAY) == date(2026, 9, 8)


def test_count_after_leaves_out_the_start():
    assert CALENDAR.count_after(FRIDAY, date(2026, 9, 8)) == 2  # Saturday and Tuesday
    assert CALENDAR.count_after(FRIDAY, FRIDAY) == 0
    assert CALENDAR.count_after(MONDAY, FRIDAY) == 0


def test_add_working_tells_every_day():
    result = CALENDAR.add_working(FRIDAY, 2)

    assert result.day == date(2026, 9, 8)
    assert [tuple(step.values()) for step in result.trace] == [
        ("2026-09-04", "start", "", 0),
        ("2026-09-05", "make_up", "", 1),
        ("2026-09-06", "weekend", "", None),
        ("2026-09-07", "holiday", "厂庆", None),
        ("2026-09-08", "working", "", 2),
    ]


def test_add_calendar_tells_the_days_it_moves_over():
    result = CALENDAR.add_calendar(FRIDAY, 2)

    assert result.day == date(2026, 9, 8)
    assert [tuple(step.values()) for step in result.trace] == [
        ("2026-09-04", "start", "", 0),
        ("2026-09-06", "weekend", "", 2),
        ("2026-09-07", "holiday", "厂庆", None),
        ("2026-09-08", "rolled", "", None),
    ]


def test_add_calendar_stays_on_a_working_day():
    result = CALENDAR.add_calendar(FRIDAY, 1)

    assert result.day == SATURDAY
    assert [step["kind"] for step in result.trace] == ["start", "make_up"]


def test_a_long_count_keeps_its_trace_short():
    result = CALENDAR.add_working(FRIDAY, 1000)

    assert len(result.trace) < 30
    assert result.trace[0]["day"] == "2026-09-04"
    assert result.trace[-1] == {
        "day": result.day.isoformat(),
        "kind": "working",
        "name": "",
        "counted": 1000,
    }


@pytest.mark.parametrize("n", [0, -1])
@pytest.mark.parametrize("add", ["add_working", "add_calendar"])
def test_a_period_has_at_least_one_day(add, n):
    with pytest.raises(ValueError, match="at least one day"):
        getattr(CALENDAR, add)(FRIDAY, n)


@pytest.mark.parametrize("add", ["add_working", "add_calendar"])
def test_a_period_ends_before_the_year_10000(add):
    with pytest.raises(OverflowError):
        getattr(CALENDAR, add)(date(9999, 12, 30), 5)


@pytest.mark.parametrize(
    ("start", "n", "provisional"),
    [
        (date(2026, 12, 30), 1, False),
        (date(2026, 12, 31), 1, True),
        (date(2025, 12, 31), 1, False),  # day 0 is not counted
        (date(2025, 12, 30), 1, True),
    ],
)
def test_working_days_are_provisional_with_any_day_they_pass(start, n, provisional):
    assert CALENDAR.add_working(start, n).provisional is provisional


@pytest.mark.parametrize(
    ("start", "n", "provisional"),
    [
        (date(2026, 12, 1), 30, False),
        (date(2026, 12, 1), 31, True),
        (date(2024, 1, 1), 800, False),  # ends in 2026; what it passes does not matter
    ],
)
def test_calendar_days_are_provisional_with_the_days_of_their_end(
    start, n, provisional
):
    assert CALENDAR.add_calendar(start, n).provisional is provisional


def test_a_calendar_end_that_moves_into_a_year_without_a_plan_is_provisional():
    calendar = WorkCalendar(
        closures=frozenset([date(2026, 12, 31)]), known_years=frozenset([2026])
    )

    result = calendar.add_calendar(date(2026, 12, 1), 30)

    assert (result.day, result.provisional) == (date(2027, 1, 4), True)


def test_the_last_day_ends_at_midnight_or_at_close_of_business():
    assert end_of(FRIDAY, SHANGHAI) == datetime(2026, 9, 4, 15, 59, 59, tzinfo=UTC)
    assert end_of(FRIDAY, SHANGHAI, time(17, 30)) == datetime(
        2026, 9, 4, 9, 30, tzinfo=UTC
    )


def test_a_moment_falls_on_a_day_of_the_organisations_zone():
    assert day_of(datetime(2026, 9, 4, 16, 0, tzinfo=UTC), SHANGHAI) == SATURDAY


@given(calendars, days, lengths)
def test_add_working_equals_a_count_by_hand(calendar, start, n):
    worked = [
        day
        for day in (start + timedelta(days=k) for k in range(1, 400))
        if calendar.is_workday(day)
    ]

    assert calendar.add_working(start, n).day == worked[n - 1]


@given(calendars, days, lengths)
def test_count_after_is_the_inverse_of_add_working(calendar, start, n):
    assert calendar.count_after(start, calendar.add_working(start, n).day) == n


@given(calendars, days, lengths)
def test_both_are_monotone_in_the_length(calendar, start, n):
    assert calendar.add_working(start, n).day < calendar.add_working(start, n + 1).day
    assert (
        calendar.add_calendar(start, n).day <= calendar.add_calendar(start, n + 1).day
    )


@given(calendars, days, lengths)
def test_both_are_monotone_in_the_start(calendar, start, n):
    after = start + timedelta(days=1)

    assert calendar.add_working(start, n).day <= calendar.add_working(after, n).day
    assert calendar.add_calendar(start, n).day <= calendar.add_calendar(after, n).day


@given(calendars, days, lengths)
def test_day_0_is_not_counted(calendar, start, n):
    opened = WorkCalendar(openings=calendar.openings | {start})
    closed = WorkCalendar(
        closures=frozenset([start]), openings=calendar.openings - {start}
    )

    assert opened.add_working(start, n).day == closed.add_working(start, n).day
    assert opened.add_calendar(start, n).day == closed.add_calendar(start, n).day


@given(calendars, days, lengths)
def test_an_end_on_a_day_off_moves_to_the_next_working_day(calendar, start, n):
    plain, day = start + timedelta(days=n), calendar.add_calendar(start, n).day

    assert day >= plain
    assert calendar.is_workday(day)
    assert calendar.count_after(plain - timedelta(days=1), day) == 1


@given(calendars, days, lengths)
def test_every_end_is_a_working_day(calendar, start, n):
    assert calendar.is_workday(calendar.add_working(start, n).day)
    assert calendar.is_workday(calendar.add_calendar(start, n).day)


@given(calendars, days, lengths)
def test_the_trace_counts_to_the_length(calendar, start, n):
    for result in (calendar.add_working(start, n), calendar.add_calendar(start, n)):
        assert max(step["counted"] or 0 for step in result.trace) == n
        assert result.trace[-1]["day"] == result.day.isoformat()
