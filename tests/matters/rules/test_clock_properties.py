"""Properties of the clock: whatever the calendar, the limits and the pauses."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from shuoshi.common.workdays import WorkCalendar, day_of
from shuoshi.matters.rules.clock import Entry, Limit
from shuoshi.org.rules.limits import LimitUnit
from tests.matters.rules.test_clock import (
    CALENDAR_DAYS,
    EXTEND,
    LIMIT,
    MINUTES,
    PAUSE,
    RESUME,
    SHANGHAI,
    START,
    WORKING,
    due_of,
    due_on,
)


near = st.dates(date(2026, 1, 1), date(2026, 12, 31))
calendars = st.builds(
    WorkCalendar,
    holidays=st.frozensets(near, max_size=30),
    make_up=st.frozensets(near, max_size=10),
    known_years=st.just(frozenset([2026])),
)
moments = st.timedeltas(timedelta(0), timedelta(days=120)).map(
    lambda passed: datetime(2026, 3, 1, tzinfo=UTC) + passed
)
day_limits = st.builds(
    Limit, st.integers(1, 60), st.sampled_from([WORKING, CALENDAR_DAYS])
)
limits = day_limits | st.builds(Limit, st.integers(1, 10_000), st.just(MINUTES))
breaks = st.timedeltas(timedelta(0), timedelta(days=20))


@given(calendars, moments, st.integers(1, 60), st.sampled_from(LimitUnit))
def test_due_is_monotone_in_the_amount(calendar, start, amount, unit):
    shorter, longer = (
        due_of(Entry(start, START, Limit(n, unit)), calendar=calendar)
        for n in (amount, amount + 1)
    )

    assert start < shorter <= longer


@given(calendars, moments, limits, breaks)
def test_a_pause_without_length_adds_nothing(calendar, start, limit, after):
    log = [Entry(start, START, limit)]
    paused = [Entry(start + after, PAUSE), Entry(start + after, RESUME)]

    assert due_of(*log, *paused, calendar=calendar) == due_of(*log, calendar=calendar)


@given(
    calendars, moments, day_limits, breaks, st.timedeltas(timedelta(0), timedelta(1))
)
def test_a_pause_within_one_day_adds_nothing_to_days(
    calendar, start, limit, after, more
):
    paused_at, resumed_at = start + after, start + after + more
    assume(day_of(paused_at, SHANGHAI) == day_of(resumed_at, SHANGHAI))
    log = [Entry(start, START, limit)]
    paused = [Entry(paused_at, PAUSE), Entry(resumed_at, RESUME)]

    assert due_of(*log, *paused, calendar=calendar) == due_of(*log, calendar=calendar)


@given(calendars, moments, limits, breaks, breaks, breaks)
def test_two_pauses_on_end_are_one(calendar, start, limit, after, first, second):
    one, two, three = (
        start + after,
        start + after + first,
        start + after + first + second,
    )
    log = [Entry(start, START, limit)]
    assume(one <= due_of(*log, calendar=calendar))

    together = [Entry(one, PAUSE), Entry(three, RESUME)]
    apart = [
        Entry(one, PAUSE),
        Entry(two, RESUME),
        Entry(two, PAUSE),
        Entry(three, RESUME),
    ]

    assert due_of(*log, *together, calendar=calendar) == due_of(
        *log, *apart, calendar=calendar
    )


@given(
    calendars,
    moments,
    st.integers(20, 60),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 15)), max_size=4),
)
def test_pauses_of_calendar_days_add_up(calendar, start, amount, pauses):
    log, now = [Entry(start, START, Limit(amount, CALENDAR_DAYS))], start
    for running, paused in pauses:
        now += timedelta(days=running)
        log.append(Entry(now, PAUSE))
        now += timedelta(days=paused)
        log.append(Entry(now, RESUME))
    total = amount + sum(paused for _, paused in pauses)

    assert due_of(*log, calendar=calendar) == due_of(
        Entry(start, START, Limit(total, CALENDAR_DAYS)), calendar=calendar
    )


@given(
    calendars,
    moments,
    st.integers(20, 60),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 15)), max_size=4),
)
def test_working_days_outside_the_pauses_add_up(calendar, start, amount, pauses):
    log, now, off = [Entry(start, START, Limit(amount, WORKING))], start, set()
    for running, paused in pauses:
        now += timedelta(days=running)
        log.append(Entry(now, PAUSE))
        off |= {day_of(now + timedelta(days=n + 1), SHANGHAI) for n in range(paused)}
        now += timedelta(days=paused)
        log.append(Entry(now, RESUME))
    following = (day_of(start + timedelta(days=n), SHANGHAI) for n in range(1, 400))
    run = [day for day in following if calendar.is_workday(day) and day not in off]

    assert due_on(*log, calendar=calendar) == run[amount - 1]


@given(calendars, moments, limits, breaks, breaks)
def test_a_pause_never_shortens_and_never_ends_in_the_past(
    calendar, start, limit, after, length
):
    log = [Entry(start, START, limit)]
    plain = due_of(*log, calendar=calendar)
    assume(start + after <= plain)
    resumed = start + after + length

    due = due_of(
        *log, Entry(start + after, PAUSE), Entry(resumed, RESUME), calendar=calendar
    )

    assert due >= plain
    assert due >= resumed.replace(microsecond=0)


@given(calendars, moments, limits, limits)
def test_an_extension_always_moves_the_end(calendar, start, limit, more):
    log = [Entry(start, START, limit)]
    extended = Entry(start, EXTEND, more)

    assert due_of(*log, extended, calendar=calendar) > due_of(*log, calendar=calendar)


@given(calendars, moments, limits, limits, breaks)
def test_a_limit_chosen_later_is_as_if_chosen_at_first(
    calendar, start, first, second, after
):
    later = [Entry(start, START, first), Entry(start + after, LIMIT, second)]

    assert due_of(*later, calendar=calendar) == due_of(
        Entry(start, START, second), calendar=calendar
    )
