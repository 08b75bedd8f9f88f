"""One asks, the other agrees, and only then turns are swapped."""

from datetime import timedelta

import pytest

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.duty.actions.rosters import make_roster
from shuoshi.duty.actions.swaps import (
    SwapRefused,
    agree_to_swap,
    ask_to_swap,
    refuse_swap,
    withdraw_swap,
)
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Origin, Swap, Turn
from shuoshi.duty.queries.rosters import month_of
from shuoshi.duty.queries.turns import on_duty
from tests.duty.house import build_rota
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SOON, LATER = TODAY + timedelta(days=5), TODAY + timedelta(days=6)


@pytest.fixture
def house():
    return build_rota()


@pytest.fixture
def turn(house):
    return given(house, "d1a", SOON)


@pytest.fixture
def back(house):
    return given(house, "d2a", LATER)


def given(house, who, day):
    return put_on_duty(house.people[who], unit=house.units[who[:2]], day=day)


def ask(house, turn, *, to="d2a", back=None, by="d1a"):
    return ask_to_swap(
        turn.pk,
        to_id=house.people[to].pk,
        back_id=back.pk if back else None,
        by=house.standing(by),
        now=NOW,
    )


def who_has(turn):
    turn.refresh_from_db()
    return turn.person.name, turn.unit.name


def test_both_turns_change_hands_once_the_other_agrees(house, turn, back):
    swap = ask(house, turn, back=back)
    assert who_has(turn) == ("d1a某", "第1部")

    agree_to_swap(swap.pk, by=house.standing("d2a"), now=NOW)

    assert who_has(turn) == ("d2a某", "第2部")
    assert who_has(back) == ("d1a某", "第1部")
    assert {turn.origin, back.origin} == {Origin.SWAP}
    (now_on_duty,) = on_duty(mine_id=house.mine.pk, day=SOON)
    assert now_on_duty.person == house.people["d2a"]


def test_somebody_stands_in_for_nothing_in_return(house, turn):
    swap = ask(house, turn)

    agree_to_swap(swap.pk, by=house.standing("d2a"), now=NOW)

    assert who_has(turn) == ("d2a某", "第2部")
    assert Turn.objects.count() == 1


@pytest.mark.parametrize("end", [refuse_swap, withdraw_swap])
def test_refused_or_withdrawn_nothing_changes(house, turn, end):
    swap = ask(house, turn)
    by = "d2a" if end is refuse_swap else "d1a"

    end(swap.pk, by=house.standing(by), now=NOW)

    assert who_has(turn) == ("d1a某", "第1部")
    with pytest.raises(Outdated):
        agree_to_swap(swap.pk, by=house.standing("d2a"), now=NOW)


def test_only_the_one_who_was_asked_answers(house, turn):
    swap = ask(house, turn)

    for act in (agree_to_swap, refuse_swap):
        with pytest.raises(NotPermitted):
            act(swap.pk, by=house.standing("d3a"), now=NOW)
    with pytest.raises(NotPermitted):
        withdraw_swap(swap.pk, by=house.standing("d2a"), now=NOW)


def test_only_ones_own_turn_is_offered(house, turn):
    with pytest.raises(NotPermitted):
        ask(house, turn, to="d3a", by="d2a")


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("past", "已经值过的班"),
        ("oneself", "不能和自己换"),
        ("receives nobody", "不是接待人员"),
        ("has that day", "自己也有班"),
        ("the other has that day", "自己也有班"),
        ("not theirs", "不是对方的"),
        ("asked already", "已经在等一个人答复"),
        ("gone", "已经不在了"),
    ],
)
def test_what_cannot_be_swapped_is_said(house, turn, back, case, said):
    how = {}
    match case:
        case "past":
            Turn.objects.filter(pk=turn.pk).update(day=TODAY - timedelta(days=1))
        case "oneself":
            how = {"to": "d1a"}
        case "receives nobody":
            how = {"to": "handler"}
        case "has that day":
            given(house, "d2a", SOON)
        case "the other has that day":
            given(house, "d1a", LATER)
            how = {"back": back}
        case "not theirs":
            how = {"back": given(house, "d3a", LATER)}
        case "asked already":
            ask(house, turn, to="d3a")
        case "gone":
            turn.delete()
            turn.pk = 10**6

    with pytest.raises(SwapRefused, match=said):
        ask(house, turn, **how)
    assert Swap.objects.count() == (case == "asked already")


def test_what_changed_meanwhile_is_not_swapped(house, turn, back):
    swap = ask(house, turn, back=back)
    Turn.objects.filter(pk=back.pk).update(person=house.people["d3a"])

    with pytest.raises(SwapRefused, match="班次已经变了"):
        agree_to_swap(swap.pk, by=house.standing("d2a"), now=NOW)

    assert who_has(turn) == ("d1a某", "第1部")


def test_planning_anew_leaves_alone_what_is_swapped_or_asked(house):
    month = month_of(TODAY)
    make_roster(house.mine.pk, month, by=house.standing("coordinator"), now=NOW)
    planned = Turn.objects.filter(day__gt=TODAY).order_by("day")
    first, second = planned[0], planned[1]
    free = next(
        f"d{n}{who}"
        for n in range(1, 6)
        for who in "abc"
        if not planned.filter(day=first.day, person=house.people[f"d{n}{who}"]).exists()
        and house.people[f"d{n}{who}"] not in (first.person, second.person)
    )
    name = {person.pk: who for who, person in house.people.items()}
    swap = ask(house, first, to=free, by=name[first.person_id])
    agree_to_swap(swap.pk, by=house.standing(free), now=NOW)
    asked = ask(house, second, to=free, by=name[second.person_id])

    make_roster(
        house.mine.pk, month, by=house.standing("coordinator"), now=NOW, seed=99
    )

    assert who_has(first)[0] == f"{free}某"
    asked.refresh_from_db()
    assert Turn.objects.filter(pk=second.pk).exists()
