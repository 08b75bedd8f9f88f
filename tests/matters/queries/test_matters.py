"""Lists and gate say the same of every person and every matter."""

import pytest

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.heads import head_of, heads, how_many, number_of
from shuoshi.matters.queries.matters import (
    for_the_page,
    in_zone,
    matters_seen_by,
    read_by,
    waiting_for,
)
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import Zone
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import Post
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import CLOCK, NOBODY
from tests.matters.house import NOW, Story, build_house, raised, speaker


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def everything(house):
    """A matter in each relation that somebody may stand in."""
    people, units = house.people, house.units
    Story(house)
    Story(house).triaged(assisting_units=[units["two"]])
    Story(house).handling()
    Story(house).closed()
    Story(house).take("hand_to_discipline", "receiver", reason="检举")
    Story(house).handling().take(
        "ask_part", "head", unit=units["two"], task="修", finish_on=NOW.date()
    )
    Story(house).triaged().take(
        "call_deliberation",
        "receiver",
        question="?",
        units=[units["party"]],
        convener=people["other_head"],
    )
    for who in ("head", "coordinator", "chief", "receiver"):
        given = {"objects": [people[who]], "reason": "他"}
        Story(house).take("name_object", "receiver", **given)
    Story(house).triaged().take(
        "name_object", "receiver", object_units=[units["one"]], reason="队里"
    )
    Story(house).take(
        "hand_to_discipline", "receiver", objects=[people["leader"]], reason="检举"
    )
    north = build_house("NORTH")
    Story(north).handling()
    return [
        *(house.standing(who) for who in house.people),
        *(north.standing(who) for who in north.people),
        CLOCK,
        NOBODY,
        *(speaker(matter) for matter in Matter.objects.all()),
    ]


def pks(matters):
    return set(matters.values_list("pk", flat=True))


def test_what_is_listed_is_what_the_gate_grants(everything):
    matters = list(for_the_page(Matter.objects.all()))

    for person in everything:
        sees = {one.pk for one in matters if gate.may(person, Permission.SEE, one)}
        reads = {one.pk for one in matters if gate.may(person, Permission.READ, one)}
        assert pks(matters_seen_by(person)) == sees
        assert pks(read_by(person)) == reads
        assert matters_seen_by(person).count() == len(sees)


def test_nobody_does_anything_to_what_they_do_not_see(everything):
    matters = list(for_the_page(Matter.objects.all()))

    for person in everything:
        for matter in matters:
            if not gate.may(person, Permission.SEE, matter):
                assert not any(gate.may(person, one, matter) for one in Permission)


def test_an_administrator_who_came_by_another_post_lists_nothing(house):
    Story(house).handling()
    assert matters_seen_by(house.standing("handler")).exists()

    Post.objects.create(
        mine=house.mine,
        unit=house.units["root"],
        person=house.people["handler"],
        role=Role.SYSADMIN,
    )
    bump()

    assert not matters_seen_by(house.standing("handler")).exists()


def test_what_waits_is_one_s_own_the_most_pressing_first(house):
    calm, urgent = Story(house).triaged(), Story(house).triaged(level="URGENT")
    Story(house).handling()

    waiting = waiting_for(house.standing("head"))

    assert list(waiting) == [urgent.matter, calm.matter]
    assert list(waiting_for(house.standing("auditor"))) == []


def test_open_zones_hold_what_lies_in_them(house):
    one, two = Story(house).triaged(), Story(house).answered()
    Story(house).closed()
    coordinator = house.standing("coordinator")

    assert list(in_zone(coordinator, Zone.TRIAGE)) == [one.matter]
    assert list(in_zone(coordinator, Zone.REPLY)) == [two.matter]
    assert list(in_zone(house.standing("other"), Zone.TRIAGE)) == []


def test_the_page_of_a_matter_asks_no_more_for_more_rows(
    house, django_assert_num_queries
):
    for _time in range(3):
        Story(house).triaged(assisting_units=[house.units["two"]])

    with django_assert_num_queries(6):
        page = list(for_the_page(Matter.objects.all()))
        for matter in page:
            assert matter.mine
            assert matter.lead_unit
            assert [part.unit for part in matter.parts.all()]
            assert not matter.objects_named.all()
            assert not matter.orders.all()


def test_heads_are_the_ends_of_all_histories(house):
    matters = sorted((raised(house) for _time in range(3)), key=lambda one: one.uid)

    found = list(heads())

    assert [(one.about, one.seq, one.hash) for one in found] == [
        (matter.uid, matter.version, matter.head_hash) for matter in matters
    ]
    assert how_many() == 3
    assert head_of(matters[0].uid) == found[0]


def test_heads_are_read_page_by_page(house, monkeypatch):
    monkeypatch.setattr("shuoshi.matters.queries.heads.PAGE", 2)
    for _time in range(4):
        raised(house)

    assert len({one.about for one in heads()}) == 4


def test_there_is_no_head_or_number_of_what_is_not_there(house):
    matter = raised(house)

    assert number_of(str(matter.uid)) == matter.number
    assert number_of("00000000-0000-0000-0000-000000000000") == ""
    assert number_of("damaged") == ""
    assert head_of("00000000-0000-0000-0000-000000000000") is None
