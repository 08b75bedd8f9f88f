"""Turns by hand, the rule, coming, and the calendar of one's own."""

from datetime import time, timedelta

import pytest

from shuoshi.common.refusals import NotPermitted
from shuoshi.duty.actions.feeds import end_feed, make_feed
from shuoshi.duty.actions.rosters import look_at_roster
from shuoshi.duty.actions.rules import RuleRefused, set_rule
from shuoshi.duty.actions.turns import (
    TurnRefused,
    arrive,
    enter_turn,
    put_on_duty,
    take_off_duty,
)
from shuoshi.duty.models import Feed, Turn
from shuoshi.duty.queries.months import roster_shown
from shuoshi.duty.queries.rosters import departments_of, month_of
from tests.duty.house import build_rota
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SATURDAY = TODAY + timedelta(days=3)


@pytest.fixture
def house():
    return build_rota()


@pytest.fixture
def planner(house):
    return house.standing("coordinator")


def test_by_hand_even_a_saturday_is_taken(house, planner):
    turn = enter_turn(house.people["d1a"].pk, day=SATURDAY, by=planner, now=NOW)

    assert turn.unit == house.units["d1"]
    shown = roster_shown(house.mine.pk, month_of(TODAY), now=NOW)
    assert SATURDAY in {day.day for day in shown.days if day.turns}


@pytest.mark.parametrize(
    ("who", "day", "said"),
    [
        ("d1a", TODAY - timedelta(days=1), "已经过去"),
        ("handler", SATURDAY, "不是接待人员"),
    ],
)
def test_what_cannot_be_entered_by_hand_is_said(house, planner, who, day, said):
    with pytest.raises(TurnRefused, match=said):
        enter_turn(house.people[who].pk, day=day, by=planner, now=NOW)


def test_a_turn_is_taken_back_until_somebody_came_for_it(house, planner):
    turn = enter_turn(house.people["d1a"].pk, day=TODAY, by=planner, now=NOW)
    take_off_duty(turn.pk, by=planner, now=NOW)
    assert not Turn.objects.exists()

    again = enter_turn(house.people["d1a"].pk, day=TODAY, by=planner, now=NOW)
    arrive(by=house.standing("d1a"), now=NOW)
    with pytest.raises(TurnRefused, match="已经值过"):
        take_off_duty(again.pk, by=planner, now=NOW)


def test_only_who_plans_changes_the_roster(house):
    someone = house.standing("d1a")
    for refused in (
        lambda: enter_turn(house.people["d1a"].pk, day=SATURDAY, by=someone, now=NOW),
        lambda: take_off_duty(1, by=someone, now=NOW),
        lambda: rule(someone),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_coming_counts_once_and_shows_who_was_late_or_missed(house):
    for who, n in (("d1a", 0), ("d2a", 0), ("d3a", -1)):
        put_on_duty(
            house.people[who],
            unit=house.units[who[:2]],
            day=TODAY + timedelta(days=n),
        )
    # It opens at half past eight; NOW is nine in Shanghai.
    arrive(by=house.standing("d1a"), now=NOW - timedelta(minutes=40))
    arrive(by=house.standing("d2a"), now=NOW)
    arrive(by=house.standing("d2a"), now=NOW + timedelta(hours=1))

    shown = roster_shown(house.mine.pk, month_of(TODAY), now=NOW)

    came = {one.turn.person.name: one.came for day in shown.days for one in day.turns}
    assert came == {
        "d1a某": "08:20 到岗",
        "d2a某": "09:00 到岗，迟到",
        "d3a某": "没有到岗",
    }
    with pytest.raises(TurnRefused, match="今天没有您的班"):
        arrive(by=house.standing("d5a"), now=NOW)


def rule(by, **how):
    given = {"per_day": 2, "apart": False, "opens_at": time(8), "first_id": None}
    return set_rule(**given | how, by=by, now=NOW)


def test_the_rule_says_how_many_and_who_begins(house, planner):
    rule(planner, first_id=house.units["d3"].pk)

    order = [unit.name for unit in departments_of(house.mine.pk)]
    assert order == ["第3部", "第4部", "第5部", "第1部", "第2部"]
    made = look_at_roster(house.mine.pk, month_of(TODAY + timedelta(days=31)), now=NOW)
    first = made.plan.turns[0].day
    assert [one.unit_id for one in made.plan.turns if one.day == first] == [
        house.units["d3"].pk,
        house.units["d4"].pk,
    ]
    with pytest.raises(RuleRefused, match="每天 1 到 5 人"):
        rule(planner, per_day=9)


def test_a_calendar_reads_ones_turns_by_a_secret_alone(house, client):
    put_on_duty(house.people["d1a"], unit=house.units["d1"], day=TODAY)
    someone = house.standing("d1a")
    first = make_feed(by=someone, now=NOW)

    assert first not in Feed.objects.get().digest
    assert client.get(f"/duty/{first}.ics").status_code == 200
    assert client.cookies == {}
    second = make_feed(by=someone, now=NOW)
    assert client.get(f"/duty/{first}.ics").status_code == 404
    end_feed(by=someone, now=NOW)
    assert client.get(f"/duty/{second}.ics").status_code == 404
