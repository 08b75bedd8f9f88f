from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from shuoshi.common.refusals import NotPermitted
from shuoshi.org.actions.calendar import (
    clear_day,
    load_year,
    seed_calendar,
    set_day,
    unload_year,
)
from shuoshi.org.actions.structure import found_mine
from shuoshi.org.models import CalendarDay, CalendarYear, DayKind
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.plans import PlanRefused, YearPlan
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import CLOCK, Standing
from shuoshi.org.rules.statutory import library_years


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"
# Invented: the plan of 2027 is not out yet.
PLAN = YearPlan(
    2027,
    holidays={date(2027, 1, day): "元旦" for day in (1, 2, 3)}
    | {date(2027, 2, day): "春节" for day in range(5, 13)},
    make_up={date(2027, 2, 14): "春节"},
)
NEW_YEAR_IN_DECEMBER = YearPlan(
    2027,
    holidays={**PLAN.holidays, date(2026, 12, 31): "元旦"},
    make_up={date(2026, 12, 27): "元旦"},
)
STRANGER = Standing(person_id=7, mine_id=1, roles=frozenset([Role.COORDINATOR]))


def calendar():
    work_calendar.cache_clear()
    return work_calendar(None, generation())


def everything():
    return (
        sorted(CalendarDay.objects.values_list("mine", "day", "kind", "name")),
        sorted(CalendarYear.objects.values_list("year", "source")),
        generation(),
    )


@pytest.fixture
def seeded():
    seed_calendar(now=NOW)


def keeper(mine=None):
    return Standing(
        person_id=5,
        mine_id=mine.pk if mine else 1,
        roles=frozenset([Role.SYSADMIN]),
    )


def test_seeding_loads_all_years_of_the_library():
    loaded = seed_calendar(now=NOW)

    assert loaded == tuple(library_years())
    assert CalendarDay.objects.filter(kind=DayKind.HOLIDAY).count() == 621
    assert CalendarDay.objects.filter(kind=DayKind.MAKE_UP).count() == 150
    assert set(
        CalendarYear.objects.values_list("source", "loaded_at", "loaded_by")
    ) == {("chinesecalendar", NOW, "clock")}


def test_seeding_again_changes_nothing(seeded):
    clear_day(date(2026, 10, 1), by=CLOCK, now=NOW)
    before = everything()

    assert seed_calendar(now=NOW) == ()
    assert everything() == before


def test_seeding_leaves_a_loaded_year_alone():
    load_year(PLAN, source=SOURCE, by=CLOCK, now=NOW)

    assert 2027 not in seed_calendar(now=NOW)
    assert CalendarYear.objects.get(year=2027).source == SOURCE
    assert CalendarDay.objects.filter(day__year=2027).count() == 12


def test_loading_a_year_makes_what_was_provisional_official(seeded):
    start = date(2027, 2, 1)
    before = calendar().add_working(start, 5)

    first = load_year(PLAN, source=SOURCE, by=keeper(), now=NOW)
    after = calendar().add_working(start, 5)

    assert first == date(2027, 1, 1)
    assert (before.day, before.provisional) == (date(2027, 2, 8), True)
    assert (after.day, after.provisional) == (date(2027, 2, 15), False)
    assert CalendarYear.objects.get(year=2027).loaded_by == "person:5"


def test_loading_a_year_replaces_its_days(seeded):
    load_year(PLAN, source=SOURCE, by=CLOCK, now=NOW)
    shorter = YearPlan(2027, holidays={date(2027, 1, 1): "元旦"}, make_up={})

    load_year(shorter, source=SOURCE, by=CLOCK, now=NOW)

    assert CalendarDay.objects.filter(day__year=2027).count() == 1
    assert CalendarDay.objects.filter(day__year=2026).count() == 39
    assert CalendarYear.objects.filter(year=2027).count() == 1


def test_a_plan_may_speak_of_the_december_before(seeded):
    first = load_year(NEW_YEAR_IN_DECEMBER, source=SOURCE, by=CLOCK, now=NOW)

    assert first == date(2026, 12, 27)
    assert calendar().is_workday(date(2026, 12, 27))
    assert not calendar().is_workday(date(2026, 12, 31))


def test_loading_the_year_before_again_keeps_what_the_later_plan_said(seeded):
    load_year(NEW_YEAR_IN_DECEMBER, source=SOURCE, by=CLOCK, now=NOW)
    plan = YearPlan(2026, holidays={date(2026, 1, 1): "元旦"}, make_up={})

    load_year(plan, source=SOURCE, by=CLOCK, now=NOW)

    days = CalendarDay.objects.filter(day__year=2026).order_by("day")
    assert [row.day.isoformat() for row in days] == [
        "2026-01-01",
        "2026-12-27",
        "2026-12-31",
    ]


def test_a_year_taken_back_is_provisional_again(seeded):
    load_year(PLAN, source=SOURCE, by=CLOCK, now=NOW)

    assert unload_year(2027, by=CLOCK, now=NOW) == date(2027, 1, 1)

    assert calendar().is_provisional(date(2027, 2, 5))
    assert calendar().is_workday(date(2027, 2, 5))


def test_a_single_day_can_be_changed_and_made_plain_again(seeded):
    day = date(2026, 11, 20)

    set_day(day, kind=DayKind.HOLIDAY, name="特别休假", by=keeper(), now=NOW)
    assert not calendar().is_workday(day)
    assert calendar().name(day) == "特别休假"

    clear_day(day, by=keeper(), now=NOW)
    assert calendar().is_workday(day)


def test_setting_a_day_twice_keeps_the_last_word(seeded):
    mine = found_mine("MINE", name="甲矿")
    day = date(2026, 11, 20)

    set_day(day, kind=DayKind.CLOSURE, mine=mine, by=keeper(mine), now=NOW)
    set_day(day, kind=DayKind.OPENING, mine=mine, by=keeper(mine), now=NOW)

    assert CalendarDay.objects.get(mine=mine).kind == DayKind.OPENING


@pytest.mark.parametrize(
    "change",
    [
        lambda: load_year(PLAN, source=SOURCE, by=CLOCK, now=NOW),
        lambda: unload_year(2026, by=CLOCK, now=NOW),
        lambda: set_day(date(2026, 11, 20), kind=DayKind.HOLIDAY, by=CLOCK, now=NOW),
        lambda: clear_day(date(2026, 10, 1), by=CLOCK, now=NOW),
    ],
)
def test_every_change_moves_the_generation_on(seeded, change):
    before = generation()

    change()

    assert generation() != before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda: load_year(PLAN, source=SOURCE, by=STRANGER, now=NOW), NotPermitted),
        (lambda: load_year(PLAN, source=" ", by=CLOCK, now=NOW), PlanRefused),
        (lambda: load_year(PLAN, source="源" * 201, by=CLOCK, now=NOW), PlanRefused),
        (lambda: load_year(PLAN, source="源\0", by=CLOCK, now=NOW), PlanRefused),
        (
            lambda: load_year(YearPlan(2027, {}, {}), source=SOURCE, by=CLOCK, now=NOW),
            PlanRefused,
        ),
        (lambda: unload_year(2026, by=STRANGER, now=NOW), NotPermitted),
        (lambda: unload_year(2027, by=CLOCK, now=NOW), PlanRefused),
        (lambda: unload_year(10**30, by=CLOCK, now=NOW), PlanRefused),
        (
            lambda: set_day(
                date(2026, 11, 20), kind=DayKind.HOLIDAY, by=STRANGER, now=NOW
            ),
            NotPermitted,
        ),
        (
            lambda: set_day(
                date(2027, 11, 19), kind=DayKind.HOLIDAY, by=CLOCK, now=NOW
            ),
            PlanRefused,
        ),
        (
            lambda: set_day(
                date(2026, 11, 20), kind=DayKind.CLOSURE, by=CLOCK, now=NOW
            ),
            PlanRefused,
        ),
        (
            lambda: set_day(
                date(2026, 11, 20),
                kind=DayKind.HOLIDAY,
                name="长" * 61,
                by=CLOCK,
                now=NOW,
            ),
            PlanRefused,
        ),
        (
            lambda: set_day(date(1, 1, 1), kind=DayKind.HOLIDAY, by=CLOCK, now=NOW),
            PlanRefused,
        ),
        (lambda: clear_day(date(2026, 10, 1), by=STRANGER, now=NOW), NotPermitted),
    ],
)
def test_a_refusal_changes_nothing(seeded, change, refusal):
    before = everything()

    with pytest.raises(refusal):
        change()

    assert everything() == before


def test_a_mines_days_are_kept_by_its_own_administrator(seeded):
    mine, other = found_mine("MINE", name="甲矿"), found_mine("OTHER", name="乙矿")
    before = everything()

    with pytest.raises(NotPermitted):
        set_day(
            date(2026, 11, 20),
            kind=DayKind.CLOSURE,
            mine=mine,
            by=keeper(other),
            now=NOW,
        )
    with pytest.raises(NotPermitted):
        clear_day(date(2026, 11, 20), mine=mine, by=keeper(other), now=NOW)

    assert everything() == before


@pytest.mark.parametrize(
    ("of_mine", "kinds"),
    [
        (False, [DayKind.HOLIDAY, DayKind.MAKE_UP]),
        (True, [DayKind.CLOSURE, DayKind.OPENING]),
        (False, [DayKind.CLOSURE]),
        (True, [DayKind.HOLIDAY]),
    ],
)
def test_the_database_keeps_one_fitting_row_a_day(of_mine, kinds):
    mine = found_mine("MINE", name="甲矿") if of_mine else None
    day = date(2026, 11, 20)
    rows = [CalendarDay(mine=mine, day=day, kind=kind) for kind in kinds]

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.bulk_create(rows)
