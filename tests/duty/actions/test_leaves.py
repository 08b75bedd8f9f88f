"""Who is away when, and what the roster makes of it."""

from datetime import timedelta

import pytest

from shuoshi.common.refusals import NotPermitted
from shuoshi.duty.actions.leaves import LeaveRefused, enter_leave, take_leave_back
from shuoshi.duty.actions.rosters import make_roster
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Leave, Turn
from shuoshi.duty.queries.months import clashes_soon
from shuoshi.duty.queries.rosters import month_of
from shuoshi.trail.models import Event
from tests.duty.house import build_rota
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SOON = TODAY + timedelta(days=5)


@pytest.fixture
def house():
    return build_rota()


def away(house, who="d1a", *, by=None, since=SOON, until=SOON):
    return enter_leave(
        house.people[who].pk,
        since=since,
        until=until,
        by=house.standing(by or who),
        now=NOW,
    )


def test_a_leave_is_entered_once_and_says_nothing_of_why(house):
    away(house)
    away(house)

    assert Leave.objects.count() == 1
    told = Event.objects.filter(verb="note.duty.leave_entered").first()
    assert set(told.detail) == {"person", "since", "until"}


def test_one_enters_ones_own_and_who_plans_enters_anybodys(house):
    away(house, by="coordinator")

    with pytest.raises(NotPermitted):
        away(house, "d1b", by="d1a")
    with pytest.raises(NotPermitted):
        take_leave_back(Leave.objects.get().pk, by=house.standing("d2a"), now=NOW)
    take_leave_back(Leave.objects.get().pk, by=house.standing("d1a"), now=NOW)
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    ("since", "until", "field", "said"),
    [
        (SOON, SOON - timedelta(days=1), "until", "不能早于"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "until", "已经过去"),
        (SOON, SOON + timedelta(days=400), "until", "最多登记一年"),
    ],
)
def test_days_that_cannot_be_are_refused(house, since, until, field, said):
    with pytest.raises(LeaveRefused, match=said) as refused:
        away(house, since=since, until=until)

    assert refused.value.field == field
    assert not Leave.objects.exists()


def test_who_takes_no_turns_needs_none(house):
    with pytest.raises(LeaveRefused, match="不轮流值班"):
        away(house, "handler", by="coordinator")


def test_a_turn_in_a_leave_is_told_a_week_before_and_planned_away(house):
    planner = house.standing("coordinator")
    make_roster(house.mine.pk, month_of(TODAY), by=planner, now=NOW)
    turn = Turn.objects.filter(day=TODAY + timedelta(days=2)).get()
    name = next(who for who, one in house.people.items() if one == turn.person)
    day = turn.day

    away(house, name, since=day, until=day)

    said = f"{day:%m-%d} 排了{turn.person.name}，但那天请假。"
    assert said in clashes_soon(house.mine.pk, today=TODAY)
    make_roster(house.mine.pk, month_of(TODAY), by=planner, now=NOW)
    assert said not in clashes_soon(house.mine.pk, today=TODAY)


def test_gaps_and_full_weeks_are_told_a_week_before(house):
    monday = TODAY + timedelta(days=5)
    for n in range(3):
        put_on_duty(
            house.people["d1a"], unit=house.units["d1"], day=monday + timedelta(days=n)
        )

    told = clashes_soon(house.mine.pk, today=monday)

    assert f"d1a某在 {monday:%m-%d} 那一周要值 3 天。" in told
    assert f"{monday + timedelta(days=3):%m-%d} 没有排满，缺人。" in told
    assert any("连着值两个工作日" in one for one in told)
