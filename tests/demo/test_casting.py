"""The same day is told the same stories."""

from datetime import UTC, datetime

from shuoshi.demo.casting import cast
from shuoshi.demo.people import People
from shuoshi.demo.stage import Stage
from shuoshi.demo.tales import TALES
from shuoshi.matters.rules.states import Level, PetitionClass, RequestType
from shuoshi.org.rules.statutory import library_calendar


NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


def told():
    scenes = cast(Stage(People({}), library_calendar(), NOW))
    return [(s.enters_at, s.plot.__name__, s.tale.says[0], s.words) for s in scenes]


def test_the_same_day_is_told_the_same_stories():
    assert told() == told()


def test_three_months_are_told():
    moments = [at for at, *_ in told()]

    assert 280 <= len(moments) <= 360
    assert (NOW - min(moments)).days in range(85, 94)
    assert max(moments) <= NOW


def test_tales_are_of_known_kinds():
    for tale in TALES:
        assert tale.kind in RequestType.values
        assert tale.level in Level.values
        assert tale.petition in {"", *PetitionClass.values}
        assert tale.done
        assert tale.steps
