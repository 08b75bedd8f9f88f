"""The narrow questions find what the wide one finds, for every kind of person."""

from datetime import timedelta

import pytest

from shuoshi.matters.queries.matters import matters_seen_by, ways_to_know
from tests.matters.house import NOW, Story, build_house, raised


NARROW = ["receiver", "party_head", "head", "handler", "mate", "other_head", "other"]
NARROW += ["leader", "discipline"]


@pytest.fixture
def house(db):
    house = build_house()
    raised(house)
    Story(house).answered()
    Story(house).take("hand_to_discipline", "receiver", reason="检举")
    story = Story(house).handling()
    story.take(
        "ask_part",
        "head",
        unit=house.units["two"],
        task="修管道",
        finish_on=(NOW + timedelta(days=2)).date(),
    )
    named = Story(house).handling()
    named.take(
        "name_object",
        "receiver",
        objects=[house.people["handler"]],
        object_units=[],
        reason="被反映",
    )
    return house


@pytest.mark.parametrize("who", NARROW)
def test_ways_together_find_what_is_seen(house, who):
    person = house.standing(who)

    found = {
        pk for way in ways_to_know(person) for pk in way.values_list("pk", flat=True)
    }

    assert found == set(matters_seen_by(person).values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["coordinator", "chief"])
def test_who_sees_all_needs_no_ways(house, who):
    assert ways_to_know(house.standing(who)) == []
