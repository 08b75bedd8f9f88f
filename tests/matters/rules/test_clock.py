from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shuoshi.common.workdays import WorkCalendar, day_of, end_of
from shuoshi.matters.rules.clock import Entry, EntryKind, Limit, derive
from shuoshi.org.rules.limits import LimitUnit


SHANGHAI = ZoneInfo("Asia/Shanghai")
# National Day 2026 and its make-up days, as far as these tests walk.
CALENDAR = WorkCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    make_up=frozenset([date(2026, 9, 20), date(2026, 10, 10)]),
    known_years=frozenset([2026]),
)
WORKING, CALENDAR_DAYS, MINUTES = (
    LimitUnit.WORKING,
    LimitUnit.CALENDAR,
    LimitUnit.MINUTES,
)
START, LIMIT, PAUSE, RESUME, EXTEND, RECALCULATE, STOP = (
    EntryKind.START,
    EntryKind.LIMIT,
    EntryKind.PAUSE,
    EntryKind.RESUME,
    EntryKind.EXTEND,
    EntryKind.RECALCULATE,
    EntryKind.STOP,
)


def at(month, day, hour=9, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def due_of(*entries, calendar=CALENDAR, **options):
    return derive(entries, calendar, SHANGHAI, **options).due_at


def due_on(*entries, **options):
    return day_of(due_of(*entries, **options), SHANGHAI)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (Limit(1, WORKING), date(2026, 9, 29)),
        (Limit(2, WORKING), date(2026, 9, 30)),
        (Limit(3, WORKING), date(2026, 10, 8)),
        (Limit(5, WORKING), date(2026, 10, 10)),  # a Saturday worked instead
        (Limit(6, WORKING), date(2026, 10, 12)),
        (Limit(2, CALENDAR_DAYS), date(2026, 9, 30)),
        (Limit(5, CALENDAR_DAYS), date(2026, 10, 8)),  # moved from the 3rd
        (Limit(13, CALENDAR_DAYS), date(2026, 10, 12)),  # moved from Sunday the 11th
    ],
)
def test_a_limit_of_days_ends_with_its_last_day(limit, expected):
    started = Entry(at(9, 28), START, limit)

    assert due_of(started) == end_of(expected, SHANGHAI)


def test_a_limit_of_minutes_runs_through_the_night():
    started = Entry(at(9, 30, 23, 45), START, Limit(30, MINUTES))

    assert due_of(started) == at(10, 1, 0, 15)


def test_the_last_day_may_end_at_close_of_business():
    started = Entry(at(9, 28), START, Limit(1, WORKING))

    assert due_of(started, day_ends=time(17, 30)) == at(9, 29, 17, 30)


def test_the_due_moment_is_in_utc():
    reckoning = derive([Entry(at(9, 28), START, Limit(1, WORKING))], CALENDAR, SHANGHAI)

    assert reckoning.due_at.tzinfo is UTC
    assert reckoning.started_at == at(9, 28)
    assert not reckoning.provisional
    assert not reckoning.paused
    assert reckoning.stopped_at is None


def test_day_0_is_the_day_in_the_organisations_zone():
    # 17:00 in UTC is already the 29th in Shanghai.
    started = Entry(datetime(2026, 9, 28, 17, tzinfo=UTC), START, Limit(1, WORKING))

    assert due_on(started) == date(2026, 9, 30)


def test_a_limit_chosen_later_counts_from_the_first_start():
    log = [
        Entry(at(9, 1), START, Limit(15, CALENDAR_DAYS)),
        Entry(at(9, 3), LIMIT, Limit(5, WORKING)),
    ]

    assert due_on(*log) == date(2026, 9, 8)
    assert due_on(*log, Entry(at(9, 4), LIMIT, Limit(1, WORKING))) == date(2026, 9, 2)


def test_a_running_clock_does_not_start_again():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),
        Entry(at(9, 7), START, Limit(5, WORKING)),
    ]

    assert due_on(*log) == date(2026, 9, 8)


def test_a_clock_that_stopped_starts_a_run_of_its_own():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),
        Entry(at(9, 2), PAUSE),
        Entry(at(9, 3), STOP),
        Entry(at(9, 7), RESUME),
    ]
    stopped = derive(log, CALENDAR, SHANGHAI)
    again = derive(
        [*log, Entry(at(9, 7), START, Limit(5, WORKING))], CALENDAR, SHANGHAI
    )

    assert stopped.stopped_at == at(9, 3)
    assert day_of(stopped.due_at, SHANGHAI) == date(2026, 9, 8)
    assert (again.started_at, again.stopped_at, again.paused) == (at(9, 7), None, False)
    assert day_of(again.due_at, SHANGHAI) == date(2026, 9, 14)


def test_working_days_left_at_the_pause_are_counted_from_the_resumption():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),  # a Tuesday
        Entry(at(9, 3), PAUSE),  # two gone, three left
        Entry(at(9, 11), RESUME),  # a Friday
    ]

    assert due_on(*log) == date(2026, 9, 16)


def test_calendar_days_of_a_pause_are_added():
    log = [
        Entry(at(9, 1), START, Limit(10, CALENDAR_DAYS)),  # to the 11th
        Entry(at(9, 3), PAUSE),
        Entry(at(9, 6), RESUME),
    ]

    assert due_on(*log) == date(2026, 9, 14)


def test_minutes_of_a_pause_are_added():
    log = [
        Entry(at(9, 1, 9, 0), START, Limit(30, MINUTES)),
        Entry(at(9, 1, 9, 10), PAUSE),
        Entry(at(9, 1, 9, 17), RESUME),
    ]

    assert due_of(*log) == at(9, 1, 9, 37)


def test_a_pause_that_lasts_keeps_the_due_moment_as_it_was():
    log = [Entry(at(9, 1), START, Limit(5, WORKING)), Entry(at(9, 3), PAUSE)]

    reckoning = derive(log, CALENDAR, SHANGHAI)

    assert reckoning.paused
    assert day_of(reckoning.due_at, SHANGHAI) == date(2026, 9, 8)


@pytest.mark.parametrize(
    ("resumed", "expected"),
    [
        (at(9, 8, 17), date(2026, 9, 8)),
        (at(9, 10), date(2026, 9, 10)),
        (at(9, 12), date(2026, 9, 14)),  # resumed on a Saturday
    ],
)
@pytest.mark.parametrize("limit", [Limit(5, WORKING), Limit(7, CALENDAR_DAYS)])
def test_a_pause_on_the_last_day_leaves_the_day_of_the_resumption(
    limit, resumed, expected
):
    log = [
        Entry(at(9, 1), START, limit),
        Entry(at(9, 8, 10), PAUSE),
        Entry(resumed, RESUME),
    ]

    assert due_on(*log) == expected


def test_resuming_after_business_hours_leaves_the_next_working_day():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),
        Entry(at(9, 8, 10), PAUSE),
        Entry(at(9, 11, 18), RESUME),
    ]

    assert due_of(*log, day_ends=time(17, 30)) == at(9, 14, 17, 30)


def test_a_pause_after_the_end_stops_nothing():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),
        Entry(at(9, 9), PAUSE),
        Entry(at(9, 20), RESUME),
    ]

    assert due_on(*log) == date(2026, 9, 8)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (Limit(2, WORKING), date(2026, 9, 10)),
        (Limit(30, CALENDAR_DAYS), date(2026, 10, 8)),
    ],
)
def test_an_extension_is_added_to_the_due_day(more, expected):
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),
        Entry(at(9, 2), EXTEND, more),
    ]

    assert due_on(*log) == expected


def test_an_extension_stays_when_the_limit_changes():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),
        Entry(at(9, 2), EXTEND, Limit(2, WORKING)),
        Entry(at(9, 3), LIMIT, Limit(3, WORKING)),
    ]

    assert due_on(*log) == date(2026, 9, 8)


def test_an_extension_that_a_pause_runs_into_is_kept_whole():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),  # to the 8th
        Entry(at(9, 8), EXTEND, Limit(3, WORKING)),  # to the 11th
        Entry(at(9, 9), PAUSE),  # two left
        Entry(at(9, 14), RESUME),
    ]

    assert due_on(*log) == date(2026, 9, 16)


def test_an_extension_granted_during_a_late_pause_lets_the_pause_count():
    log = [
        Entry(at(9, 1), START, Limit(5, WORKING)),  # to the 8th
        Entry(at(9, 9), PAUSE),
        Entry(at(9, 10), EXTEND, Limit(3, WORKING)),  # to the 11th
        Entry(at(9, 14), RESUME),
    ]

    assert due_on(*log) == date(2026, 9, 16)


def test_a_limit_that_rests_on_a_year_without_a_plan_is_provisional():
    started = Entry(at(12, 28), START, Limit(15, CALENDAR_DAYS))
    loaded = WorkCalendar(
        closures=frozenset([date(2027, 1, 12)]), known_years=frozenset([2026, 2027])
    )

    before = derive([started], CALENDAR, SHANGHAI)
    after = derive([started, Entry(at(12, 29), RECALCULATE)], loaded, SHANGHAI)

    assert before.provisional
    assert day_of(before.due_at, SHANGHAI) == date(2027, 1, 12)
    assert not after.provisional
    assert day_of(after.due_at, SHANGHAI) == date(2027, 1, 13)


def test_the_trace_says_what_each_entry_led_to_and_then_the_days():
    log = [
        Entry(at(9, 1), START, Limit(15, CALENDAR_DAYS, "ANSWER", "条例第二十三条")),
        Entry(at(9, 2), LIMIT, Limit(2, WORKING, "ANSWER", "本矿规定", 2)),
        Entry(at(9, 2), RECALCULATE, note="2026"),
    ]

    trace = derive(log, CALENDAR, SHANGHAI).trace

    assert list(trace) == [
        {
            "at": "2026-09-01T09:00:00+08:00",
            "kind": "START",
            "due": "2026-09-16T23:59:59+08:00",
            "limit": {
                "amount": 15,
                "unit": "CALENDAR",
                "key": "ANSWER",
                "basis": "条例第二十三条",
                "version": 1,
            },
        },
        {
            "at": "2026-09-02T09:00:00+08:00",
            "kind": "LIMIT",
            "due": "2026-09-03T23:59:59+08:00",
            "limit": {
                "amount": 2,
                "unit": "WORKING",
                "key": "ANSWER",
                "basis": "本矿规定",
                "version": 2,
            },
        },
        {
            "at": "2026-09-02T09:00:00+08:00",
            "kind": "RECALCULATE",
            "due": "2026-09-03T23:59:59+08:00",
            "note": "2026",
        },
        {"day": "2026-09-01", "kind": "start", "name": "", "counted": 0},
        {"day": "2026-09-02", "kind": "working", "name": "", "counted": 1},
        {"day": "2026-09-03", "kind": "working", "name": "", "counted": 2},
    ]


def test_a_log_begins_with_start():
    with pytest.raises(ValueError, match="begins with START"):
        derive([Entry(at(9, 1), PAUSE)], CALENDAR, SHANGHAI)


@pytest.mark.parametrize("kind", EntryKind)
def test_an_entry_says_how_long_where_its_kind_measures(kind):
    wrong = None if kind in {START, LIMIT, EXTEND} else Limit(1, WORKING)

    with pytest.raises(ValueError, match=kind.value):
        Entry(at(9, 1), kind, wrong)


def test_a_limit_is_at_least_1():
    with pytest.raises(ValueError, match="at least 1"):
        Limit(0, WORKING)
