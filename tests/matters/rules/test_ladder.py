from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.common.workdays import WorkCalendar
from shuoshi.matters.rules.ladder import (
    COLOURS,
    Colour,
    Rung,
    Span,
    colour,
    next_rung,
    rungs_reached,
    share_moment,
    thresholds,
)


SECOND = timedelta(seconds=1)
START = datetime(2026, 9, 1, 0, 0, tzinfo=UTC)
# A Friday, one second before midnight in Shanghai.
DUE = datetime(2026, 9, 4, 15, 59, 59, tzinfo=UTC)
CALENDAR = WorkCalendar(known_years=frozenset([2026]))
SPAN = Span(START, DUE, CALENDAR, ZoneInfo("Asia/Shanghai"))
LADDER = (
    *COLOURS,
    Rung(Colour.OVERDUE, "COORDINATOR", workdays_over=1),
    Rung(Colour.OVERDUE, "LEADER", workdays_over=3),
)

starts = st.timedeltas(timedelta(0), timedelta(days=180)).map(
    lambda passed: datetime(2026, 1, 1, tzinfo=UTC) + passed
)
lengths = st.timedeltas(timedelta(minutes=30), timedelta(days=120))


def test_thresholds_are_shares_of_the_time_on_the_wall():
    due = START + timedelta(hours=100)

    hours = [(at - START) / timedelta(hours=1) for at in thresholds(START, due)]

    assert hours == [50, 75, 85, 99]


@pytest.mark.parametrize(
    ("climbed", "number", "at"),
    [
        (0, 1, share_moment(START, DUE, 50)),
        (3, 4, share_moment(START, DUE, 99)),
        (4, 5, DUE + SECOND),
        (5, 6, datetime(2026, 9, 7, 15, 59, 59, tzinfo=UTC)),
        (6, 7, datetime(2026, 9, 9, 15, 59, 59, tzinfo=UTC)),
    ],
)
def test_next_rung_climbs_one_at_a_time(climbed, number, at):
    following = next_rung(LADDER, climbed, SPAN)

    assert (following.number, following.at) == (number, at)
    assert following.rung == LADDER[climbed]


def test_next_rung_ends_at_the_top():
    assert next_rung(LADDER, len(LADDER), SPAN) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START, Colour.CALM),
        (share_moment(START, DUE, 50) - SECOND, Colour.CALM),
        (share_moment(START, DUE, 50), Colour.NOTICE),
        (share_moment(START, DUE, 75), Colour.AMBER),
        (share_moment(START, DUE, 85), Colour.RED),
        (share_moment(START, DUE, 99), Colour.CRITICAL),
        (DUE, Colour.CRITICAL),
        (DUE + SECOND, Colour.OVERDUE),
        (DUE + timedelta(days=30), Colour.OVERDUE),
    ],
)
def test_colour(now, expected):
    assert colour(now, START, DUE) == expected


def test_colour_comes_from_the_ladder():
    ladder = (Rung(Colour.RED, percent=10), Rung(Colour.OVERDUE, percent=100))

    assert colour(share_moment(START, DUE, 11), START, DUE, ladder) == Colour.RED


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"percent": 50, "workdays_over": 1},
        {"percent": 0},
        {"percent": 101},
        {"workdays_over": 0},
        {"percent": 50, "workdays_over": 0},
    ],
)
def test_a_rung_hangs_at_one_place(place):
    with pytest.raises(ValueError, match="one place"):
        Rung(Colour.RED, **place)


@given(starts, lengths)
def test_the_ladder_only_rises(started_at, length):
    span = Span(started_at, started_at + length, CALENDAR, SPAN.zone)

    moments = [span.moment(rung) for rung in COLOURS]

    assert moments == sorted(moments)


@given(starts, lengths, st.integers(0, 200))
def test_climbing_step_by_step_reaches_what_has_passed(started_at, length, percent):
    span = Span(started_at, started_at + length, CALENDAR, SPAN.zone)
    now = started_at + length * percent / 100

    climbed = 0
    while (step := next_rung(LADDER, climbed, span)) and step.at <= now:
        climbed = step.number

    assert climbed == rungs_reached(now, LADDER, span)


def test_a_closed_day_does_not_count_towards_the_days_after_the_end():
    holiday = WorkCalendar(
        closures=frozenset([date(2026, 9, 7)]), known_years=frozenset([2026])
    )
    span = Span(START, DUE, holiday, SPAN.zone)

    assert span.moment(LADDER[5]) == datetime(2026, 9, 8, 15, 59, 59, tzinfo=UTC)
