"""Stepping back for an interest of one's own."""

import pytest

from shuoshi.matters.actions.readings import note_opened
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.proving import prove_house
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post
from shuoshi.org.rules.roles import Role
from tests.matters.evidence import last, name_of, refused, said, told
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house).handling()


def test_stepping_back_for_an_interest_of_one_s_own(house, story):
    matter = story.take("recuse", "handler", reason="是我亲戚").matter

    assert name_of(matter.responsible) == "head"
    assert matter.handler is None
    assert last(matter).detail["recused"] == house.people["handler"].pk
    assert said(matter) == "是我亲戚"
    assert told(matter, "recuse") == ["coordinator", "head"]


def test_when_the_head_steps_back_a_coordinator_takes_over(house):
    story = Story(house).triaged()

    assert name_of(story.take("recuse", "head", reason="亲戚").matter.responsible) == (
        "coordinator"
    )


def test_when_the_convener_steps_back_another_convenes(house):
    story = Story(house).triaged()
    story.take(
        "call_deliberation",
        "receiver",
        question="?",
        units=[house.units["two"]],
        convener=house.people["leader"],
    )
    matter = story.take("recuse", "leader", reason="亲戚").matter

    assert name_of(matter.convener) == name_of(matter.responsible) == "head"


def test_nobody_steps_back_into_the_void(house, story):
    for post in Post.objects.exclude(person=house.people["handler"]):
        end_post(post, on=TODAY)

    assert "没有其他人" in refused(story, "recuse", "handler", reason="亲戚")[1]


def test_who_stepped_back_is_kept_from_it_alone(house, story):
    story.take("recuse", "coordinator", reason="亲戚")
    matter = story.matter

    assert name_of(matter.responsible) == "handler"
    sees = {
        who
        for who in ("coordinator", "receiver", "head", "leader", "chief")
        if matters_seen_by(house.standing(who)).filter(pk=matter.pk).exists()
    }
    assert sees == {"receiver", "head", "leader", "chief"}
    refused(story, "supervise", "coordinator", demand="x", finish_on=TODAY)


def test_nobody_hands_it_back_to_who_stepped_back(house, story):
    story.take("recuse", "handler", reason="亲戚")

    given = {"handler": house.people["handler"], "reason": "还是你办"}
    assert refused(story, "hand_over", "head", **given)[0] == "handler"


def ordered(story, person, replacement, *, by="coordinator"):
    people = story.house.people
    given = {"person": people[person], "replacement": people[replacement]}
    return story.take("order_recusal", by, **given, reason="亲属关系")


@pytest.mark.parametrize("by", ["coordinator", "leader", "chief"])
def test_whoever_is_told_to_step_back_is_replaced(house, story, by):
    matter = ordered(story, "handler", "mate", by=by).matter

    assert name_of(matter.handler) == name_of(matter.responsible) == "mate"
    assert not knows(house, matter, "handler")
    assert {"mate", "head"} == {
        who for who in ("mate", "head") if knows(house, matter, who)
    }
    detail = last(matter).detail
    assert detail["recused"] == house.people["handler"].pk
    assert detail["replacement"] == house.people["mate"].pk
    assert detail["held"] == ["handler", "responsible"]
    assert said(matter) == "亲属关系"
    assert "handler" not in told(matter, "order_recusal")
    assert "mate" in told(matter, "order_recusal")


def knows(house, matter, who):
    return matters_seen_by(house.standing(who)).filter(pk=matter.pk).exists()


def test_the_first_receiver_stays_on_record_and_another_acts(house):
    story = Story(house)
    matter = ordered(story, "receiver", "party_head").matter

    assert name_of(matter.first_receiver) == "receiver"
    assert name_of(matter.responsible) == "party_head"
    assert not knows(house, matter, "receiver")
    given = {"lead_unit": house.units["one"], "request_type": "HELP"}
    story.take("triage", "party_head", petition_class="", level="ORDINARY", **given)
    story.take("send_back", "head", reason="不归我")
    assert name_of(story.matter.responsible) == "coordinator"


def test_who_convenes_is_replaced_too(house, story):
    called = {"question": "?", "units": [house.units["two"]]}
    story.take(
        "call_deliberation", "receiver", convener=house.people["leader"], **called
    )

    matter = ordered(story, "leader", "chief").matter

    assert name_of(matter.convener) == name_of(matter.responsible) == "chief"


@pytest.mark.parametrize(
    ("person", "replacement", "by", "field"),
    [
        ("coordinator", "mate", "coordinator", "person"),
        ("other_head", "mate", "coordinator", "person"),
        ("handler", "other_head", "coordinator", "replacement"),
        ("handler", "handler", "coordinator", "replacement"),
        ("handler", "mate", "handler", None),
        ("handler", "mate", "head", None),
        ("head", "mate", "receiver", None),
        ("handler", "mate", "other_head", None),
        ("handler", "mate", "discipline", None),
        ("handler", "mate", "speaker", None),
    ],
)
def test_what_cannot_be_ordered(house, story, person, replacement, by, field):
    story.take(
        "name_object", "receiver", objects=[house.people["other_head"]], reason="x"
    )
    people = house.people
    given = {"person": people[person], "replacement": people[replacement]}

    assert refused(story, "order_recusal", by, **given, reason="x")[0] == field


def test_who_is_kept_out_orders_nobody_out(house, story):
    story.take("recuse", "coordinator", reason="亲戚")
    people = house.people
    given = {"person": people["handler"], "replacement": people["mate"]}

    refused(story, "order_recusal", "coordinator", **given, reason="x")


def test_whoever_handled_it_does_not_review_it_as_a_replacement(house):
    story = Story(house).closed().take("ask_review", "speaker", reason="不服")
    people = house.people
    given = {"person": people["leader"], "replacement": people["handler"]}

    assert refused(story, "order_recusal", "chief", **given, reason="x")[0] == (
        "replacement"
    )
    matter = ordered(story, "leader", "chief", by="chief").matter
    assert name_of(matter.responsible) == "chief"
    story.take("uphold", "chief", opinion="维持")


def test_when_all_who_sort_only_stepped_back_nobody_is_accused(house):
    story = Story(house).take("recuse", "receiver", reason="亲戚")
    matter = story.take("recuse", "coordinator", reason="亲戚").matter

    assert (matter.state, name_of(matter.responsible)) == (
        "RECEIVED",
        "party_head",
    )


def test_what_they_had_opened_is_on_record(house, story):
    note_opened(story.matter, by=house.standing("handler"), now=NOW)

    ordered(story, "handler", "mate")

    seen = last(story.matter).detail["seen"]
    assert [one["person"] for one in seen] == [house.people["handler"].pk]


def seen_by(house, matter):
    return {
        who for who in house.people if matters_seen_by(house.standing(who)).exists()
    }


def sealed(house):
    deputy = house.enter("deputy", Role.DISCIPLINE, "discipline")
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")
    return story, deputy


def test_of_what_is_sealed_a_member_of_the_committee_steps_back(house):
    story, _deputy = sealed(house)

    story.take("recuse", "discipline", reason="是我同学")

    assert "discipline" not in seen_by(house, story.matter)
    assert "deputy" in seen_by(house, story.matter)
    assert "没有其他人" in refused(story, "recuse", "deputy", reason="也是")[1]


def test_of_what_is_sealed_the_committee_orders_one_of_its_own_to(house):
    story, _deputy = sealed(house)
    person = house.people["discipline"]
    refused(story, "order_recusal", "chief", person=person, reason="x")

    story.take("order_recusal", "deputy", person=person, reason="同学")

    assert "discipline" not in seen_by(house, story.matter)
    assert story.matter.responsible is None


def test_of_what_is_sealed_the_committee_names_whom_it_is_about(house):
    story, _deputy = sealed(house)
    assert "coordinator" in seen_by(house, story.matter)

    given = {"objects": [house.people["coordinator"]], "reason": "信里写明"}
    refused(story, "name_object", "coordinator", **given)
    story.take("name_object", "discipline", **given)

    assert "coordinator" not in seen_by(house, story.matter)
    assert (story.matter.state, story.matter.responsible) == ("HANDED_OVER", None)
    assert prove_house().ok


def test_of_what_is_closed_somebody_is_kept_out_all_the_same(house):
    story = Story(house).closed()
    assert story.matter.state == "CLOSED"
    given = {"objects": [house.people["other_head"]], "reason": "后来才知道"}

    story.take("name_object", "coordinator", **given)
    story.take("recuse", "leader", reason="亲戚")
    story.take("order_recusal", "coordinator", person=house.people["head"], reason="x")

    assert {"leader", "head"}.isdisjoint(seen_by(house, story.matter))
    assert (story.matter.state, story.matter.responsible) == ("CLOSED", None)
    # Who handled it stays on the record: they never review what they did.
    assert story.matter.handler == house.people["handler"]
    assert prove_house().ok
