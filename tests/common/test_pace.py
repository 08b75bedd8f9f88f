"""What takes the same time tells nothing by it."""

import pytest

from shuoshi.common import pace
from shuoshi.common.pace import lasting


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still but for who sleeps."""

    class Clock:
        now = 100.0

        def sleep(self, seconds):
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr(pace, "monotonic", lambda: clock.now)
    monkeypatch.setattr(pace, "sleep", clock.sleep)
    return clock


@pytest.mark.parametrize("took", [0, 0.01, 0.2])
def test_short_and_long_take_the_same(clock, took):
    with lasting(0.25):
        clock.sleep(took)

    assert clock.now == 100.25


def test_what_takes_longer_is_not_held_up(clock):
    with lasting(0.25):
        clock.sleep(2)

    assert clock.now == 102


def test_a_refusal_takes_as_long(clock):
    with pytest.raises(ValueError, match="no"), lasting(0.25):
        raise ValueError("no")

    assert clock.now == 100.25
