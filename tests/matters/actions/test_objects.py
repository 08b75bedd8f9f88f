from datetime import timedelta

import pytest

from shuoshi.matters.actions.readings import note_opened, note_read
from shuoshi.matters.models import ObjectNamed
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.search import matters_found
from shuoshi.notices.queries import notices_of
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post
from tests.matters.evidence import last, name_of, refused, said, told, verbs
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house)


def named(story, *people, by="receiver", units=()):
    house = story.house
    return story.take(
        "name_object",
        by,
        objects=[house.people[who] for who in people],
        object_units=[house.units[unit] for unit in units],
        reason="说到了他",
    )


def seers(story):
    house = story.house
    return {
        who
        for who in house.people
        if matters_seen_by(house.standing(who)).filter(pk=story.matter.pk).exists()
    }


def test_whoever_is_named_and_their_line_lose_it_at_once(story):
    story.handling()
    assert {"head", "handler", "leader"} <= seers(story)

    named(story, "head")

    # Handler and mate answer to the head; nobody else does.
    assert seers(story) == {"receiver", "coordinator", "leader", "chief"}
    for who in ("head", "handler"):
        person = story.house.standing(who)
        assert not matters_found(person, "热饭").exists()
        assert not matters_found(person, story.matter.number).exists()


def test_responsibility_moves_past_them_to_the_receiver(story):
    matter = named(story.handling(), "head").matter

    assert name_of(matter.responsible) == "receiver"
    assert matter.names_objects
    assert told(matter, "name_object") == []


def test_who_becomes_responsible_is_told_and_those_named_are_not(story):
    matter = named(story.handling(), "head", by="coordinator").matter

    assert told(matter, "name_object") == ["receiver"]


def test_it_is_on_record_without_the_name(story):
    matter = named(story, "head", "mate", units=["two"]).matter
    event = last(matter)

    assert event.detail["objects"] == 3
    assert "head" not in str(event.detail)
    assert said(matter) == "说到了他"
    assert ObjectNamed.objects.count() == 3


def test_named_twice_is_named_once(story):
    named(named(story, "head"), "head", "mate")

    assert ObjectNamed.objects.count() == 2


def test_the_first_receiver_s_own_matter_goes_to_the_coordinator(story):
    matter = named(story, "receiver").matter

    assert name_of(matter.first_receiver) == "receiver"
    assert name_of(matter.responsible) == "coordinator"
    assert "receiver" not in seers(story)


def test_a_named_unit_keeps_out_all_who_belong_to_it(story):
    named(story.triaged(), units=["one"])

    assert seers(story) == {"receiver", "coordinator", "leader", "chief"}


def test_a_named_unit_keeps_out_its_handler_too(story):
    story.handling()
    assert "handler" in seers(story)

    named(story, units=["one"])

    assert {"head", "handler", "mate"}.isdisjoint(seers(story))


@pytest.mark.parametrize("until", ["received", "triaged", "handling"])
def test_what_is_about_the_chief_goes_to_the_committee_by_itself(house, until):
    story = Story(house)
    if until != "received":
        getattr(story, until)()

    matter = named(story, "chief").matter

    assert (matter.state, matter.sealed) == ("HANDED_OVER", True)
    assert (matter.text, matter.responsible) == ("", None)
    assert seers(story) == {"discipline"}
    assert verbs(matter)[-2:] == ["name_object", "fall_to_discipline"]
    assert (last(matter).by, "自动移送" in said(matter)) == ("clock", True)
    assert told(matter, "fall_to_discipline") == ["discipline", "speaker"]


def test_what_is_about_all_who_sort_goes_to_the_committee_not_to_the_chief(story):
    matter = named(story, "receiver", "coordinator").matter

    assert matter.state == "HANDED_OVER"
    # The chief is none of theirs and sees that it is there: a receipt.
    assert seers(story) == {"chief", "discipline"}


def test_as_long_as_one_can_sort_it_stays(story):
    matter = named(story, "receiver", "mate").matter

    assert (matter.state, name_of(matter.responsible)) == ("RECEIVED", "coordinator")


def test_with_the_unit_it_stays_while_its_head_is_free(story):
    matter = named(story.triaged(), "receiver", "coordinator").matter

    assert (matter.state, name_of(matter.responsible)) == ("TRIAGED", "head")
    # Back at intake, nobody could sort it.
    assert story.take("send_back", "head", reason="不归我").matter.sealed


def test_if_the_committee_is_its_object_too_the_chief_takes_it(story):
    matter = named(story, "receiver", "coordinator", "discipline").matter

    assert (matter.state, name_of(matter.responsible)) == ("RECEIVED", "chief")
    assert seers(story) == {"chief"}


def test_what_is_answered_waits_for_its_rating(story):
    matter = named(story.answered(), "receiver", "coordinator").matter

    assert (matter.state, name_of(matter.responsible)) == ("ANSWERED", "chief")


def test_what_those_kept_out_had_seen_is_on_record(house, story):
    for who in ("receiver", "head", "handler", "leader"):
        note_opened(story.matter, by=house.standing(who), now=NOW)
    note_opened(story.matter, by=house.standing("head"), now=NOW + timedelta(days=2))
    note_read(story.matter, "speaker", by=house.standing("mate"), now=NOW, why="sheet")

    named(story, "head")

    people = house.people
    assert last(story.matter).detail["seen"] == [
        {
            "person": people["head"].pk,
            "first": "2026-09-09",
            "last": "2026-09-11",
            "read": [],
        },
        {
            "person": people["handler"].pk,
            "first": "2026-09-09",
            "last": "2026-09-09",
            "read": [],
        },
        {"person": people["mate"].pk, "read": ["speaker"]},
    ]
    # Who was out already is not told again.
    named(story, "mate")
    assert last(story.matter).detail["seen"] == []


def test_whoever_handles_it_now_stays_where_nobody_of_theirs_is_named(story):
    matter = named(story.handling(), "other_head").matter

    assert name_of(matter.responsible) == "handler"


def test_in_a_deliberation_the_receiver_takes_over_from_a_convener_who_is_named(
    house, story
):
    story.triaged().take(
        "call_deliberation",
        "receiver",
        question="谁来办",
        units=[house.units["two"]],
        convener=house.people["leader"],
    )

    assert name_of(named(story, "leader").matter.responsible) == "receiver"


def test_if_everybody_is_kept_out_it_lies_sealed_for_those_above(house, story):
    end_post(Post.objects.get(person=house.people["discipline"]), on=NOW.date())
    assert seers(story) == {"receiver", "coordinator", "chief", "party_head"}

    story.take(
        "name_object", "receiver", objects=[house.people["chief"]], reason="矿长"
    )

    assert (story.matter.sealed, seers(story)) == (True, set())
    assert last(story.matter).detail["for_above"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "objects"), ({"object_units": "root"}, "object_units")],
)
def test_somebody_must_be_named_and_not_the_whole_mine(house, story, given, field):
    units = [house.units[name] for name in given.values()]

    assert (
        refused(story, "name_object", "receiver", object_units=units, reason="x")[0]
        == field
    )


@pytest.mark.parametrize("who", ["head", "leader", "chief", "other_head", "speaker"])
def test_others_name_nobody(house, story, who):
    refused(
        story.handling(),
        "name_object",
        who,
        objects=[house.people["mate"]],
        reason="说到他",
    )


def test_from_then_on_they_are_told_nothing(house, story):
    story.handling()
    named(story, "head")
    before = {who: notices_of(house.people[who].pk).count() for who in house.people}

    story.take("hand_over", "receiver", handler=house.people["other"], reason="换人")
    story.take("supervise", "chief", demand="抓紧", finish_on=story.now.date())

    for who in ("head", "handler", "mate"):
        assert notices_of(house.people[who].pk).count() == before[who]


def test_the_unit_they_head_gets_no_share_in_it(house, story):
    two = house.units["two"]
    given = {
        "lead_unit": house.units["one"],
        "request_type": "COMPLAINT",
        "level": "ORDINARY",
        "assisting_units": [two],
        "objects": [house.people["other_head"]],
    }
    assert refused(story, "triage", "receiver", **given)[0] == "assisting_units"
    given["assisting_units"] = []
    story.take("triage", "receiver", **given)
    called = {
        "question": "谁来办",
        "units": [two],
        "convener": house.people["coordinator"],
    }
    assert refused(story, "call_deliberation", "coordinator", **called)[0] == "units"

    story.take("accept", "head", handler=house.people["handler"])

    asked = {"unit": two, "task": "修", "finish_on": NOW.date()}
    assert refused(story, "ask_part", "handler", **asked)[0] == "unit"
