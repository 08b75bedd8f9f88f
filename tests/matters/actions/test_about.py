"""Whom a speaker names never has the matter in hand, not for a moment."""

import pytest

from shuoshi.common.refusals import Refused
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.actions.raising import raise_matter, register_matter
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.proving import prove_house
from shuoshi.matters.rules.sayings import Saying
from shuoshi.notices.models import Notice
from shuoshi.trail.models import Event
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = build_house()
    day = NOW.date()
    put_on_duty(house.people["receiver"], unit=house.units["party"], day=day)
    return house


def say(house, **said):
    words = {"text": "班里的奖金不发", "identity": "ANONYMOUS"} | said
    raised = raise_matter(
        Saying(**words), mine_id=house.mine.pk, channel="WEB", now=NOW
    )
    return Matter.objects.get(pk=raised.matter.pk)


def seers(house):
    return {
        who for who in house.people if matters_seen_by(house.standing(who)).exists()
    }


def told():
    return set(Notice.objects.values_list("to__username", flat=True))


def verbs(matter):
    events = Event.objects.filter(about=matter.uid).order_by("seq")
    return list(events.values_list("verb", flat=True))


def test_who_is_named_is_out_before_anybody_is_told(house):
    matter = say(house, about="receiver某，就是值班的那个")

    assert seers(house) == {"coordinator", "chief"}
    assert matter.responsible == house.people["coordinator"]
    assert told() == {"mine-coordinator"}
    assert verbs(matter) == ["register", "name_as_told"]
    assert matter.text.endswith("被反映的人：receiver某，就是值班的那个")
    assert prove_house().ok


def test_a_space_in_a_name_changes_nothing(house):
    say(house, about="是 receiver 某 和他的人")

    assert "receiver" not in seers(house)


def test_the_line_of_who_is_named_is_out_too(house):
    # The head of the Party department, whose people are on duty.
    say(house, about="party_head某")

    assert "receiver" not in seers(house)


def test_a_named_unit_keeps_out_all_of_it(house):
    matter = say(house, about_unit_id=house.units["party"].pk)

    assert matter.names_objects
    assert "receiver" not in seers(house)


def test_what_is_about_all_who_sort_falls_to_the_committee_by_itself(house):
    matter = say(house, about="receiver某和coordinator某串通")

    assert (matter.state, matter.sealed, matter.text) == ("HANDED_OVER", True, "")
    assert verbs(matter)[-1] == "fall_to_discipline"
    assert "coordinator" not in seers(house)
    assert told().isdisjoint({"mine-receiver", "mine-coordinator"})


def test_whoever_is_not_of_the_mine_is_a_word_and_no_more(house):
    build_house("ELSEWHERE")
    other = say(house, about="某个不认识的人")

    assert not other.names_objects
    assert verbs(other) == ["register"]
    assert "receiver" in seers(house)


def test_of_two_with_the_same_name_both_are_out(house):
    twin = house.people["coordinator"]
    twin.name = "receiver某"
    twin.save()

    say(house, about="receiver某")

    assert {"receiver", "coordinator"}.isdisjoint(seers(house))


def test_nobody_names_the_whole_mine(house):
    with pytest.raises(Refused, match="不能把全矿"):
        say(house, about_unit_id=house.units["root"].pk)

    assert not Matter.objects.exists()
    assert not Event.objects.exclude(verb__startswith="note.").exists()


def test_at_the_desk_it_is_the_same(house):
    saying = Saying("奖金不发", name="张三丰", about="coordinator某")

    register_matter(saying, channel="PHONE", by=house.standing("receiver"), now=NOW)

    assert "coordinator" not in seers(house)
    assert "receiver" in seers(house)


def test_the_same_form_twice_is_one_matter(house):
    saying = Saying("奖金不发", identity="ANONYMOUS", about="receiver某")
    given = {"mine_id": house.mine.pk, "channel": "WEB", "now": NOW, "nonce": "n" * 20}

    first, again = raise_matter(saying, **given), raise_matter(saying, **given)

    assert again.again
    assert first.receipt == again.receipt
    assert Matter.objects.count() == 1
