from datetime import timedelta

import pytest

from shuoshi.common.workdays import end_of
from shuoshi.matters.models import Part
from shuoshi.matters.queries.clock import ZONE
from tests.matters.evidence import last, name_of, refused, said, told
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house).triaged(request_type="SUGGESTION")


def call(story, *, by="receiver", units=("one", "two"), convener="leader", **given):
    house = story.house
    return story.take(
        "call_deliberation",
        by,
        question="谁来办",
        units=[house.units[name] for name in units],
        convener=house.people[convener],
        **given,
    )


def conclude(story, *, by="leader", days=3, unit="two", handler="other", **given):
    house = story.house
    return story.take(
        "conclude",
        by,
        conclusion="二队修",
        lead_unit=house.units[unit],
        handler=house.people[handler],
        finish_on=TODAY + timedelta(days=days),
        **given,
    )


def test_called_together(house, story):
    matter = call(story).matter

    assert matter.state == "DELIBERATING"
    assert name_of(matter.convener) == name_of(matter.responsible) == "leader"
    assert sorted(part.unit.name for part in matter.parts.all()) == ["one队", "two队"]
    assert last(matter).detail["convener"] == house.people["leader"].pk
    assert said(matter) == "谁来办"
    assert told(matter, "call_deliberation") == ["head", "leader", "other_head"]


def test_only_the_units_that_are_called_are_told(house):
    story = Story(house).triaged(assisting_units=[house.units["two"]])

    matter = call(story, units=["party"]).matter

    assert told(matter, "call_deliberation") == ["leader", "party_head"]


def test_it_is_to_end_within_five_working_days_or_on_its_day(house, story):
    call(story)
    assert story.matter.due_at == end_of(TODAY + timedelta(days=7), ZONE)

    early = Story(house).triaged(request_type="SUGGESTION")
    call(early, meet_on=TODAY + timedelta(days=2))
    assert early.matter.due_at == end_of(TODAY + timedelta(days=2), ZONE)
    assert last(early.matter).detail["meet_on"] == "2026-09-11"


def test_the_total_clock_goes_on(story):
    due = story.matter.answer_due_at

    assert conclude(call(story)).matter.answer_due_at == due


def test_nobody_meets_on_a_day_that_is_over(house, story):
    given = {
        "question": "谁来办",
        "units": [house.units["two"]],
        "convener": house.people["leader"],
        "meet_on": TODAY - timedelta(days=1),
    }

    assert refused(story, "call_deliberation", "receiver", **given)[0] == "meet_on"


def test_whoever_is_kept_from_it_does_not_convene(house, story):
    story.take(
        "name_object", "receiver", objects=[house.people["leader"]], reason="说到他"
    )
    given = {"question": "谁来办", "units": [], "convener": house.people["leader"]}

    assert refused(story, "call_deliberation", "receiver", **given)[0] == "convener"


@pytest.mark.parametrize("who", ["handler", "other_head", "speaker", "chief"])
def test_others_do_not_call(story, who):
    given = {"question": "?", "units": [], "convener": story.house.people["leader"]}

    refused(story, "call_deliberation", who, **given)


def test_each_unit_gives_its_opinion(house, story):
    call(story).take("give_opinion", "other_head", opinion="归一队", dissents=True)
    matter = story.matter

    part = Part.objects.get(unit=house.units["two"])
    assert (part.result, part.dissents, name_of(part.done_by)) == (
        "归一队",
        True,
        "other_head",
    )
    assert Part.objects.get(unit=house.units["one"]).done_at is None
    assert (matter.state, said(matter)) == ("DELIBERATING", "归一队")
    assert last(matter).detail["units"] == [house.units["two"].pk]
    assert told(matter, "give_opinion") == ["leader"]


def test_once(story):
    call(story).take("give_opinion", "other_head", opinion="归一队")

    assert refused(story, "give_opinion", "other_head", opinion="再说")[0] is None


@pytest.mark.parametrize("who", ["leader", "receiver", "party_head", "other", "chief"])
def test_those_who_were_not_asked_give_none(story, who):
    refused(call(story), "give_opinion", who, opinion="归一队")


def test_concluded_with_owner_day_and_dissent(house, story):
    call(story).take("give_opinion", "head", opinion="归二队")
    matter = conclude(story, dissent="一队不同意").matter

    assert (matter.state, matter.lead_unit) == ("HANDLING", house.units["two"])
    assert name_of(matter.handler) == name_of(matter.responsible) == "other"
    assert matter.due_at == end_of(TODAY + timedelta(days=3), ZONE)
    assert said(matter) == "二队修\n一队不同意"
    assert last(matter).detail["dissent"] is True
    assert last(matter).detail["finish_on"] == "2026-09-12"


def test_those_who_took_part_hear_the_conclusion_opinion_given_or_not(story):
    call(story).take("give_opinion", "head", opinion="归二队")

    assert told(conclude(story).matter, "conclude") == [
        "head",
        "other",
        "other_head",
        "receiver",
    ]


def test_a_day_beyond_the_total_clock_is_refused(story):
    call(story)
    given = {
        "conclusion": "二队修",
        "lead_unit": story.house.units["two"],
        "handler": story.house.people["other"],
    }

    late = refused(
        story, "conclude", "leader", **given, finish_on=TODAY + timedelta(days=40)
    )
    past = refused(
        story, "conclude", "leader", **given, finish_on=TODAY - timedelta(days=1)
    )

    assert (late[0], past[0]) == ("finish_on", "finish_on")


def test_once_the_total_is_past_any_day_to_come_will_do(story):
    call(story)
    story.now += timedelta(days=30)

    matter = conclude(story, days=40).matter

    assert (matter.state, matter.due_at) == ("HANDLING", matter.answer_due_at)


def test_neither_unit_nor_handler_may_be_kept_from_it(house, story):
    call(story)
    story.take(
        "name_object", "receiver", objects=[house.people["other_head"]], reason="他"
    )
    given = {"conclusion": "办", "finish_on": TODAY, "handler": house.people["handler"]}

    unit = refused(story, "conclude", "leader", **given, lead_unit=house.units["two"])
    given["handler"] = house.people["other"]
    handler = refused(
        story, "conclude", "leader", **given, lead_unit=house.units["one"]
    )

    assert (unit[0], handler[0]) == ("lead_unit", "handler")


@pytest.mark.parametrize("who", ["receiver", "head", "chief", "other_head"])
def test_others_do_not_conclude(story, who):
    given = {
        "conclusion": "办",
        "lead_unit": story.house.units["two"],
        "handler": story.house.people["other"],
        "finish_on": TODAY,
    }

    refused(call(story), "conclude", who, **given)
