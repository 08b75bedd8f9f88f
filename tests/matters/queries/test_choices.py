import pytest

from shuoshi.matters.models import Part
from shuoshi.matters.queries.choices import (
    NotCalled,
    categories_for,
    convener_choices,
    handler_choices,
    matter_numbered,
    open_parts_of,
    people_called,
    unit_choices,
    units_offered,
)
from shuoshi.org.actions.generation import bump
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post, Unit
from tests.matters.evidence import name_of
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house).triaged()


def names(people):
    return {name_of(person) for person in people}


def test_units_to_choose_are_the_working_ones_of_the_mine(house):
    build_house("NORTH")
    Unit.objects.filter(code="MINE-two").update(is_active=False)
    bump()

    assert set(unit_choices(house.mine.pk)) == {
        "MINE-party",
        "MINE-discipline",
        "MINE-one",
    }


def test_categories_go_by_code(house):
    assert [str(one) for one in categories_for(house.mine.pk).values()] == ["食堂"]


def test_in_the_lead_unit_its_head_and_members_handle(story):
    chosen = handler_choices(story.matter, anywhere=False)

    assert names(chosen.values()) == {"head", "handler", "mate"}
    assert set(chosen) == {"mine-head", "mine-handler", "mine-mate"}


def test_elsewhere_whoever_is_given_work(story):
    chosen = handler_choices(story.matter, anywhere=True)

    assert names(chosen.values()) == {
        *("head", "handler", "mate", "other_head", "other", "party_head"),
    }


def test_whoever_is_kept_from_it_is_not_offered(story):
    house = story.house
    story.take("name_object", "receiver", objects=[house.people["mate"]], reason="他")

    # The head stands above him.
    assert names(handler_choices(story.matter, anywhere=False).values()) == {"handler"}
    assert "mine-head" not in convener_choices(story.matter)


def test_conveners_lead_or_coordinate(story):
    assert names(convener_choices(story.matter).values()) == {
        *("leader", "chief", "coordinator", "head", "other_head", "party_head"),
    }


def test_shares_to_deliver_are_the_open_ones_of_one_s_own_unit(house):
    story = Story(house).handling()
    for unit in ("two", "party"):
        given = {"unit": house.units[unit], "task": "修", "finish_on": NOW.date()}
        story.take("ask_part", "head", **given)
    mine = Part.objects.get(unit=house.units["two"])
    head = house.standing("other_head")

    assert open_parts_of(story.matter, head) == {str(mine.pk): mine}
    assert open_parts_of(story.matter, house.standing("handler")) == {}
    story.take("deliver_part", "other_head", part=mine, result="好")
    assert open_parts_of(story.matter, head) == {}


def test_a_matter_is_named_by_its_number_as_far_as_one_sees_it(house, story):
    number = f" {story.matter.number} "

    assert matter_numbered(house.standing("receiver"), number) == story.matter
    assert matter_numbered(house.standing("other"), number) is None
    assert matter_numbered(house.standing("receiver"), "2026-9999") is None


def called(house, text):
    return [name_of(one) for one in people_called(text, mine_id=house.mine.pk)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("", []),
        ("、 ，", []),
        ("head某", ["head"]),
        ("mine-mate", ["mate"]),
        ("head某、mate某，mine-other; chief某", ["head", "mate", "other", "chief"]),
        ("head某 head某", ["head"]),
    ],
)
def test_people_are_called_by_name_or_log_in(house, text, who):
    assert called(house, text) == who


def test_an_unknown_name_is_named(house):
    with pytest.raises(NotCalled, match="没有找到“李四”"):
        called(house, "head某、李四")


def test_of_namesakes_the_log_ins_are_asked_for(house):
    house.people["mate"].name = "head某"
    house.people["mate"].save()

    with pytest.raises(NotCalled, match="有几个“head某”") as refusal:
        called(house, "head某")
    assert "mine-mate" in refusal.value.message
    assert called(house, "mine-head") == ["head"]


def test_whoever_left_or_works_elsewhere_is_unknown(house):
    build_house("NORTH")
    end_post(Post.objects.get(person=house.people["mate"]), on=NOW.date())

    for name in ("mate某", "north-head"):
        with pytest.raises(NotCalled):
            called(house, name)


def test_no_unit_is_offered_work_whose_heads_are_kept_from_it(house):
    story = Story(house)
    assert set(units_offered(story.matter, "lead_unit")) == set(
        unit_choices(house.mine.pk)
    )

    story.take("name_object", "receiver", objects=[house.people["head"]], reason="写明")

    offered = set(units_offered(story.matter, "lead_unit"))
    assert set(unit_choices(house.mine.pk)) - offered == {"MINE-one"}
    assert "MINE-one" in units_offered(story.matter, "object_units")
