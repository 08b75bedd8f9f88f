"""Who a person is, person by person of one invented mine."""

import pytest

from shuoshi.org.actions.structure import appoint, end_post, found_unit
from shuoshi.org.models import Post, UnitKind
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import NOBODY
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """The house, with a crew under district one and a foreman at its head."""
    house = build_house()
    house.units["crew"] = found_unit(
        "MINE-crew", name="一班", under=house.units["one"], kind=UnitKind.CREW
    )
    house.enter("foreman", Role.UNIT_HEAD, "crew")
    house.enter("miner", Role.MEMBER, "crew")
    return house


def units(house, ids):
    return {name for name, unit in house.units.items() if unit.pk in ids}


def people(house, ids):
    return {name for name, person in house.people.items() if person.pk in ids}


@pytest.mark.parametrize(
    ("who", "role", "within", "heads", "leads"),
    [
        ("miner", Role.MEMBER, {"crew", "one", "root"}, set(), set()),
        ("foreman", Role.UNIT_HEAD, {"crew", "one", "root"}, {"crew"}, set()),
        ("head", Role.UNIT_HEAD, {"one", "root"}, {"one", "crew"}, set()),
        ("leader", Role.LEADER, {"root"}, set(), {"one", "crew", "two"}),
        ("chief", Role.CHIEF, {"root"}, set(), set()),
        ("coordinator", Role.COORDINATOR, {"party", "root"}, set(), set()),
    ],
)
def test_place_in_the_mine(house, who, role, within, heads, leads):
    standing = house.standing(who)

    assert standing.roles == {role}
    assert units(house, standing.within) == within
    assert units(house, standing.heads) == heads
    assert units(house, standing.leads) == leads
    assert (standing.person_id, standing.mine_id) == (
        house.people[who].pk,
        house.mine.pk,
    )


@pytest.mark.parametrize(
    ("who", "bound"),
    [
        ("miner", {"miner", "foreman", "head", "leader", "chief"}),
        ("foreman", {"foreman", "miner", "head", "leader", "chief"}),
        ("head", {"head", "handler", "mate", "foreman", "miner", "leader", "chief"}),
        ("leader", {"leader", "chief"}),
        ("chief", {"chief"}),
        ("receiver", {"receiver", "party_head", "chief"}),
        # The committee answers to the one above it, not to the mine's leaders.
        ("discipline", {"discipline"}),
    ],
)
def test_whose_matters_one_must_not_know(house, who, bound):
    assert people(house, house.standing(who).bound) == bound


def test_a_committee_with_a_head_answers_to_the_head(house):
    house.enter("secretary", Role.UNIT_HEAD, "discipline")

    assert people(house, house.standing("discipline").bound) == {
        "discipline",
        "secretary",
    }


def test_several_posts_add_up(house):
    house.enter("head", Role.RECEPTION, "party")

    standing = house.standing("head")

    assert standing.roles == {Role.UNIT_HEAD, Role.RECEPTION}
    assert units(house, standing.units) == {"one", "party"}
    assert units(house, standing.heads) == {"one", "crew"}


def test_a_post_elsewhere_does_not_count_beside_one_here(house):
    north = build_house("NORTH")
    appoint(house.people["head"], role=Role.CHIEF, unit=north.units["root"])

    standing = house.standing("head")

    assert (standing.mine_id, standing.roles) == (house.mine.pk, {Role.UNIT_HEAD})


def test_a_title_or_else_the_role_is_shown(house):
    assert house.standing("head").title == "单位负责人"
    Post.objects.filter(person=house.people["mate"]).update(title="技术员")
    assert house.standing("mate").title == "技术员"


def test_an_ended_post_ends_with_the_next_question(house):
    assert house.standing("head").heads
    end_post(Post.objects.get(person=house.people["head"]), on=NOW.date())

    assert house.standing("head") is NOBODY
    assert people(house, house.standing("miner").bound) == {
        *("miner", "foreman", "leader", "chief"),
    }


def test_whoever_may_not_sign_in_is_nobody(house):
    house.people["head"].is_active = False

    assert standing_of(house.people["head"]) is NOBODY


def test_it_is_remembered_until_the_organisation_changes(
    house, django_assert_max_num_queries
):
    house.standing("head")

    with django_assert_max_num_queries(1):
        house.standing("head")
