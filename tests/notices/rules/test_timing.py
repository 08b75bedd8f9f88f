from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from shuoshi.notices.rules.timing import MOST_ATTEMPTS, USUAL, Quiet, wait_after


def at(clock, day=4):
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        (at("20:59"), at("20:59")),
        (at("21:00"), at("07:00", day=5)),
        (at("23:30"), at("07:00", day=5)),
        (at("00:00"), at("07:00")),
        (at("06:59"), at("07:00")),
        (at("07:00"), at("07:00")),
        (at("12:00"), at("12:00")),
    ],
)
def test_nobody_is_written_to_at_night(moment, over):
    assert USUAL.over_at(moment) == over


def test_quiet_may_lie_within_a_day_or_nowhere():
    noon = Quiet(time(12), time(14, 30))

    assert noon.over_at(at("13:00")) == at("14:30")
    assert noon.over_at(at("14:30")) == at("14:30")
    assert Quiet(time(9), time(9)).over_at(at("09:00")) == at("09:00")


def test_each_try_waits_longer_and_all_together_outlast_a_day():
    waits = [wait_after(done) for done in range(1, MOST_ATTEMPTS)]

    assert waits[:4] == [timedelta(minutes=n) for n in (1, 3, 9, 27)]
    assert waits == sorted(waits)
    assert max(waits) == timedelta(hours=8)
    assert sum(waits, timedelta()) > timedelta(days=1)
