import pytest

from shuoshi.org.actions.structure import end_post, found_unit
from shuoshi.org.models import Post, UnitKind
from shuoshi.org.queries.people import (
    heads_of,
    leaders_in_charge_of,
    people_holding,
    people_in,
    people_with,
)
from shuoshi.org.rules.roles import Role
from tests.matters.evidence import name_of
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    build_house("NORTH")
    return build_house()


def names(house, ids):
    by_id = {person.pk: name for name, person in house.people.items()}
    return [by_id[one] for one in ids]


def with_role(house, role):
    return names(house, people_with(role, mine_id=house.mine.pk))


def test_the_longest_in_post_comes_first(house):
    house.enter("second", Role.COORDINATOR, "one")

    assert with_role(house, Role.COORDINATOR) == ["coordinator", "second"]


def test_a_post_twice_is_one_person(house):
    house.enter("coordinator", Role.COORDINATOR, "one")

    assert with_role(house, Role.COORDINATOR) == ["coordinator"]


def test_whoever_left_or_may_not_sign_in_holds_nothing(house):
    end_post(Post.objects.get(person=house.people["head"]), on=NOW.date())
    house.people["other_head"].is_active = False
    house.people["other_head"].save()

    assert with_role(house, Role.UNIT_HEAD) == ["party_head"]
    assert heads_of(house.units["one"].pk) == heads_of(house.units["two"].pk) == []


def leaders(house, unit):
    found = leaders_in_charge_of(house.units[unit].pk, mine_id=house.mine.pk)
    return names(house, found)


def test_the_leader_in_charge_of_the_unit_or_the_nearest_above(house):
    house.units["crew"] = found_unit(
        "MINE-crew", name="一班", under=house.units["one"], kind=UnitKind.CREW
    )
    assert leaders(house, "one") == leaders(house, "crew") == ["leader"]

    house.enter("deputy", Role.LEADER, "root", charge=("crew",))
    assert leaders(house, "crew") == ["deputy"]
    assert leaders(house, "one") == ["leader"]


def test_a_unit_in_nobody_s_charge_is_the_chief_s(house):
    assert leaders(house, "party") == ["chief"]


def test_who_can_be_given_work(house):
    found = people_in([house.units["one"].pk, house.units["party"].pk])

    assert {name_of(person) for person in found} == {
        *("head", "handler", "mate", "party_head"),
    }


def test_who_holds_any_of_some_roles(house):
    house.enter("chief", Role.LEADER, "root")

    found = people_holding([Role.CHIEF, Role.LEADER], mine_id=house.mine.pk)

    assert sorted(name_of(person) for person in found) == ["chief", "leader"]
