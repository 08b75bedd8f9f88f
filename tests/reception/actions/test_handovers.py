"""The end of a turn and the beginning of the next: nobody reads more than they may."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.actions.steps import take_step
from shuoshi.org.rules.roles import Role
from shuoshi.reception.actions.handovers import HandoverRefused, hand_over, take_over
from shuoshi.reception.models import Handover
from shuoshi.reception.queries.handovers import (
    handovers_seen_by,
    handovers_waiting_for,
    shown_to,
)
from tests.matters.house import NOW, build_house, raised


pytestmark = pytest.mark.django_db
TODAY = localtime(NOW).date()


@pytest.fixture
def house():
    """``receiver`` is on duty on NOW's day, ``next`` two days later."""
    house = build_house()
    house.enter("next", Role.RECEPTION, "discipline")
    put_on_duty(
        house.people["next"],
        unit=house.units["discipline"],
        day=TODAY + timedelta(days=2),
    )
    return house


def give(house, words="窗口的打印机没墨了"):
    return hand_over(words, by=house.standing("receiver"), now=NOW)


def test_what_is_unfinished_goes_along_to_the_next(house):
    raised(house)
    open_one = raised(house)

    give(house)

    (waiting,) = handovers_waiting_for(house.standing("next"))
    shown = shown_to(house.standing("coordinator"), waiting)
    assert shown.words == "窗口的打印机没墨了"
    assert open_one.number in {one.number for one in shown.matters}
    assert len(shown.matters) == 2
    assert "打印机" not in Handover.objects.get().words


def test_of_what_the_next_is_kept_from_they_read_nothing(house):
    matter = raised(house)
    take_step(
        matter,
        "name_object",
        by=house.standing("coordinator"),
        now=NOW,
        given={"objects": [house.people["next"]], "reason": "反映的是他"},
    )

    give(house)

    (waiting,) = handovers_waiting_for(house.standing("next"))
    assert shown_to(house.standing("next"), waiting).matters == []
    assert shown_to(house.standing("receiver"), waiting).matters != []


def test_the_next_takes_it_once(house):
    handover = give(house)

    for who in ("receiver", "coordinator"):
        with pytest.raises(NotPermitted):
            take_over(handover.uid, by=house.standing(who), now=NOW)
    take_over(handover.uid, by=house.standing("next"), now=NOW)

    with pytest.raises(Outdated):
        take_over(handover.uid, by=house.standing("next"), now=NOW)
    handover.refresh_from_db()
    assert handover.taken_by == house.people["next"]
    assert handovers_waiting_for(house.standing("next")) == []


def test_a_turn_is_handed_over_once_and_only_by_who_has_it(house):
    give(house)

    with pytest.raises(HandoverRefused, match="已经交过"):
        give(house)
    with pytest.raises(HandoverRefused, match="今天不是您值班"):
        hand_over("", by=house.standing("next"), now=NOW)
    assert Handover.objects.count() == 1


def test_others_see_no_handover_and_another_mine_none_at_all(house):
    give(house)
    house.enter("third", Role.RECEPTION, "party")
    other = build_house("ELSEWHERE")

    assert handovers_seen_by(house.standing("third")) == []
    assert len(handovers_seen_by(house.standing("receiver"))) == 1
    assert len(handovers_seen_by(house.standing("coordinator"))) == 1
    assert handovers_seen_by(other.standing("coordinator")) == []
    with pytest.raises(Outdated):
        take_over(Handover.objects.get().uid, by=other.standing("receiver"), now=NOW)
