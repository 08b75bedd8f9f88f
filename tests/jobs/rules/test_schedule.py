from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.jobs.rules.schedule import Daily, Every


ZONE = ZoneInfo("Asia/Shanghai")
YEARS = timedelta(days=3650)
moments = st.timedeltas(timedelta(), YEARS).map(
    lambda age: datetime(2020, 1, 1, tzinfo=UTC) + age
)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("interval", "now", "slot"),
    [
        (timedelta(minutes=1), utc(2026, 3, 4, 5, 6, 7), utc(2026, 3, 4, 5, 6)),
        (timedelta(minutes=1), utc(2026, 3, 4, 5, 6), utc(2026, 3, 4, 5, 6)),
        (timedelta(minutes=5), utc(2026, 3, 4, 5, 9, 59), utc(2026, 3, 4, 5, 5)),
        (timedelta(days=1), utc(2026, 3, 4, 5, 6), utc(2026, 3, 4)),
    ],
)
def test_every(interval, now, slot):
    assert Every(interval).slot(now, ZONE) == slot


@pytest.mark.parametrize(
    ("at", "now", "slot"),
    [
        # Shanghai is eight hours ahead.
        (time(0, 10), utc(2026, 3, 4, 5), utc(2026, 3, 3, 16, 10)),
        (time(0, 10), utc(2026, 3, 3, 16, 10), utc(2026, 3, 3, 16, 10)),
        (time(0, 10), utc(2026, 3, 3, 16, 9, 59), utc(2026, 3, 2, 16, 10)),
        (time(9), utc(2026, 1, 1, 0, 30), utc(2025, 12, 31, 1)),
        (time(9), utc(2026, 1, 1, 1, 30), utc(2026, 1, 1, 1)),
    ],
)
def test_daily(at, now, slot):
    assert Daily(at).slot(now, ZONE) == slot


@given(moments, st.integers(1, 86_400))
def test_a_slot_holds_its_moment(now, seconds):
    every, daily = Every(timedelta(seconds=seconds)), Daily(time(seconds % 24))

    assert every.slot(now, ZONE) <= now < every.slot(now, ZONE) + every.interval
    assert daily.slot(now, ZONE) <= now < daily.slot(now, ZONE) + timedelta(days=1)
    assert every.slot(every.slot(now, ZONE), ZONE) == every.slot(now, ZONE)


@pytest.mark.parametrize("seconds", [0, -1, 0.5, 86_401])
def test_an_interval_has_its_limits(seconds):
    with pytest.raises(ValueError, match="between a second and a day"):
        Every(timedelta(seconds=seconds))
