from datetime import UTC, date, datetime

import pytest

from shuoshi.org.actions.calendar import seed_calendar, set_day
from shuoshi.org.actions.structure import found_mine
from shuoshi.org.models import DayKind
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.standing import CLOCK
from shuoshi.org.rules.statutory import library_calendar


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture(autouse=True)
def forgotten():
    """Forget what other tests left under the same generation."""
    work_calendar.cache_clear()
    yield
    work_calendar.cache_clear()


def test_an_empty_table_gives_the_years_of_the_library():
    assert work_calendar(None, generation()) == library_calendar()


def test_a_seeded_table_is_the_library():
    seed_calendar(now=NOW)

    calendar = work_calendar(None, generation())

    assert calendar == library_calendar()
    assert calendar.names == library_calendar().names


@pytest.mark.parametrize("seeded", [True, False])
def test_a_mine_closes_and_opens_for_itself(seeded):
    if seeded:
        seed_calendar(now=NOW)
    mine, other = found_mine("MINE", name="甲矿"), found_mine("OTHER", name="乙矿")
    set_day(FRIDAY, kind=DayKind.CLOSURE, mine=mine, name="停产检修", by=CLOCK, now=NOW)
    set_day(SATURDAY, kind=DayKind.OPENING, mine=mine, by=CLOCK, now=NOW)

    own, others = (work_calendar(one.pk, generation()) for one in (mine, other))

    assert (own.is_workday(FRIDAY), own.is_workday(SATURDAY)) == (False, True)
    assert (others.is_workday(FRIDAY), others.is_workday(SATURDAY)) == (True, False)
    assert own.name(FRIDAY) == "停产检修"


def test_a_mines_name_of_a_day_goes_before_the_plans():
    seed_calendar(now=NOW)
    mine = found_mine("MINE", name="甲矿")
    day = date(2026, 10, 1)
    set_day(day, kind=DayKind.OPENING, mine=mine, name="保供生产", by=CLOCK, now=NOW)

    assert work_calendar(mine.pk, generation()).name(day) == "保供生产"
    assert work_calendar(None, generation()).name(day) == "国庆节"


def test_the_calendar_is_read_once_a_generation(django_assert_num_queries):
    mine = found_mine("MINE", name="甲矿")
    at = generation()

    with django_assert_num_queries(2):
        first = work_calendar(mine.pk, at)
    with django_assert_num_queries(0):
        assert work_calendar(mine.pk, at) is first
