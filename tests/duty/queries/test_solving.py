"""The most even roster there is."""

import random
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuoshi.duty.queries.solving import even_plan
from shuoshi.duty.queries.solving_child import solve
from shuoshi.duty.rules.rosters import (
    RosterRefused,
    Taking,
    Task,
    in_a_row,
    on_leave,
    planned,
    working_days,
)
from shuoshi.org.rules.statutory import library_calendar


# Five departments with three people each.
MEMBERS = {unit: tuple(range(unit * 10, unit * 10 + 3)) for unit in range(1, 6)}
MONDAY = date(2026, 3, 2)
MONTHS = [(year, month) for year in range(2024, 2028) for month in range(1, 13)]


def days_of(year, month):
    first = date(year, month, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return working_days(library_calendar(), first, after - timedelta(days=1))


def some_leave(days, chance):
    """Let every other person be away for one to eight days in a row."""
    away = {}
    for one in (one for people in MEMBERS.values() for one in people):
        if chance.random() < 0.5:
            first, long = chance.choice(days), chance.randint(1, 8)
            away[one] = frozenset(first + timedelta(days=n) for n in range(long))
    return away


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_any_month_is_even_whoever_is_away(year, month):
    chance = random.Random(year * 100 + month)
    days = days_of(year, month)
    task = Task(days, MEMBERS, away=some_leave(days, chance), seed=month)

    plan = even_plan(task)

    assert [turn.day for turn in plan.turns] == list(days)
    assert (plan.spread_of_people, plan.spread_of_units) <= (1, 1)
    assert on_leave(task, plan.turns) == []
    assert in_a_row(task, plan.turns) == []


def test_holidays_have_no_turn_and_make_up_days_have_one():
    plan = even_plan(Task(days_of(2026, 2), MEMBERS))

    days = {turn.day for turn in plan.turns}
    assert date(2026, 2, 17) not in days
    assert date(2026, 2, 14) in days
    assert date(2026, 2, 14).weekday() == 5


def test_the_same_lot_gives_the_same_roster_and_another_may_not():
    task = Task(days_of(2026, 4), MEMBERS, seed=7)

    assert even_plan(task) == even_plan(task)
    other = even_plan(Task(task.days, MEMBERS, seed=8))
    assert other.turns != even_plan(task).turns
    assert (other.spread_of_people, other.spread_of_units) == (1, 1)


def test_departments_follow_each_other_in_turn():
    plan = even_plan(Task(days_of(2026, 4), MEMBERS))

    units = [turn.unit_id for turn in plan.turns]
    assert units[:10] == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]


def test_who_had_fewer_turns_before_has_the_odd_one():
    # Five days for ten people of five departments: half of them come.
    days = tuple(MONDAY + timedelta(days=n) for n in range(5))
    members = {unit: (unit * 10, unit * 10 + 1) for unit in range(1, 6)}
    earlier = {10: 9, 20: 9, 30: 9, 40: 9, 50: 9}

    plan = even_plan(Task(days, members, earlier=earlier))

    assert [turn.person_id for turn in plan.turns] == [11, 21, 31, 41, 51]


def test_what_stands_already_is_kept_and_counted():
    days = tuple(MONDAY + timedelta(days=n) for n in range(5))
    fixed = (Taking(days[2], 1, 10), Taking(days[3], 9, 99))

    plan = even_plan(Task(days, MEMBERS, fixed=fixed))

    assert set(fixed) <= set(plan.turns)
    assert len(plan.turns) == 5
    assert plan.short == 0


def test_two_a_day_come_from_two_departments():
    days = days_of(2026, 4)

    plan = even_plan(Task(days, MEMBERS, per_day=2))

    pairs = [{turn.unit_id for turn in plan.turns if turn.day == day} for day in days]
    assert {len(pair) for pair in pairs} == {2}
    assert (plan.spread_of_people, plan.spread_of_units) <= (1, 1)


def test_nobody_and_no_day_are_refused():
    with pytest.raises(RosterRefused, match="没有轮流值班的部门"):
        even_plan(Task((MONDAY,), {}))
    with pytest.raises(RosterRefused, match="没有工作日"):
        even_plan(Task((), MEMBERS))


# --- held against every roster there is -------------------------------------------------

SMALL = {1: (0, 1), 2: (2, 3), 3: (4,)}
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(5))


def worth(task, turns):
    """Return what is to be as little as it can be, the gravest first."""
    plan = planned(task, turns)
    twice = len(in_a_row(task, turns))
    return plan.short, twice, plan.spread_of_units, plan.spread_of_people


def every_roster(task):
    unit_of = {one: unit for unit, people in SMALL.items() for one in people}
    choices = [
        [None, *(one for one in unit_of if day not in task.away.get(one, ()))]
        for day in task.days
    ]
    for chosen in product(*choices):
        yield [
            Taking(day, unit_of[one], one)
            for day, one in zip(task.days, chosen, strict=True)
            if one is not None
        ]


@settings(max_examples=25, deadline=None)
@given(
    away=st.dictionaries(
        st.integers(0, 4), st.frozensets(st.sampled_from(WEEK), max_size=5)
    ),
    before=st.sampled_from([frozenset(), frozenset({0})]),
)
def test_no_roster_is_better(away, before):
    task = Task(WEEK, SMALL, away=away, before=before)
    free = [
        [one for one in range(5) if day not in away.get(one, ())] for day in task.days
    ]
    asked = {
        "unit_of": [0, 0, 1, 1, 2],
        "free": free,
        "places": [1] * 5,
        "apart": True,
        "fixed": [],
        "before": sorted(before),
        "earlier": [0] * 5,
        "seed": 1,
    }

    chosen = solve(asked)

    unit_of = {one: unit for unit, people in SMALL.items() for one in people}
    turns = [
        Taking(day, unit_of[one], one)
        for day, several in zip(task.days, chosen, strict=True)
        for one in several
    ]
    assert worth(task, turns) == min(worth(task, other) for other in every_roster(task))
