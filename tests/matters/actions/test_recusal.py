"""Stepping back for an interest of one's own."""

import pytest

from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post
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
