"""Who spoke in confidence is shown to others by two people, for some days, and told."""

from datetime import timedelta

import pytest

from shuoshi.matters.models import Matter, Release
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.trail.models import Reading
from tests.matters.evidence import last, refused, said, told
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
SOON = NOW.date() + timedelta(days=2)


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house, identity="CONFIDENTIAL").handling()


def asked(story, who="handler", until=SOON, **given):
    return story.take("ask_release", who, until=until, reason="要上门核实", **given)


def knows(story, who, at):
    page = for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()
    page.looked_at = at
    return gate.may(story.house.standing(who), Permission.SEE_SPEAKER, page)


def test_a_second_person_lets_them_for_some_days(story):
    asked(story)
    assert not knows(story, "handler", story.now)
    assert told(story.matter, "ask_release") == ["coordinator", "receiver"]

    matter = story.take("grant_release", "receiver", reason="确有需要").matter

    assert knows(story, "handler", story.now)
    until = Release.objects.get().until
    assert knows(story, "handler", until - timedelta(seconds=1))
    assert not knows(story, "handler", until)
    assert not knows(story, "head", story.now)
    assert told(matter, "grant_release") == ["handler", "speaker"]


def test_the_speaker_reads_which_post_until_when_and_why_and_no_name(story):
    matter = asked(story).take("grant_release", "coordinator", reason="确有需要").matter

    page = progress_of(for_the_page(Matter.objects.filter(pk=matter.pk)).get())
    words = page.told[-1].words
    assert page.told[-1].verb == "grant_release"
    assert "one队" in words
    assert "确有需要" in words
    assert "handler某" not in words
    # That it was asked is between those at work.
    assert "要上门核实" not in "".join(one.words for one in page.told)
    assert words == said(matter)


def test_refused_it_stays_hidden_and_may_be_asked_again(story):
    matter = asked(story).take("refuse_release", "receiver", reason="不必").matter

    assert told(matter, "refuse_release") == ["handler"]
    assert not knows(story, "handler", story.now)
    asked(story)


def test_the_coordinator_asks_for_somebody_and_another_decides(house, story):
    asked(story, "coordinator", to=house.people["leader"])
    assert last(story.matter).detail["released_to"] == house.people["leader"].pk

    assert "另一个人" in refused(story, "grant_release", "coordinator", reason="x")[1]
    story.take("grant_release", "receiver", reason="x")
    assert knows(story, "leader", story.now)


@pytest.mark.parametrize(
    ("who", "to", "days", "field"),
    [
        ("handler", "leader", 2, "to"),
        ("coordinator", "other", 2, "to"),
        ("coordinator", "receiver", 2, "to"),
        ("coordinator", None, 2, "to"),
        ("handler", None, 8, "until"),
        ("handler", None, -1, "until"),
        ("other", None, 2, None),
        ("speaker", None, 2, None),
    ],
)
def test_what_cannot_be_asked(house, story, who, to, days, field):
    given = {"to": house.people[to] if to else None}
    given["until"] = NOW.date() + timedelta(days=days)

    assert refused(story, "ask_release", who, **given, reason="x")[0] == field


@pytest.mark.parametrize("who", ["handler", "head", "chief", "leader", "discipline"])
def test_others_decide_nothing(story, who):
    asked(story)

    refused(story, "grant_release", who, reason="x")
    refused(story, "refuse_release", who, reason="x")


@pytest.mark.parametrize("identity", ["NAMED", "ANONYMOUS"])
def test_only_the_confidential_is_released(house, identity):
    story = Story(house, identity=identity).handling()

    given = {"until": SOON, "reason": "x"}
    assert "要求保密" in refused(story, "ask_release", "handler", **given)[1]


def test_what_nobody_decided_in_time_can_be_granted_no_more(story):
    asked(story)
    story.now += timedelta(days=3)

    assert "没有等待" in refused(story, "grant_release", "receiver", reason="x")[1]


def test_every_look_is_on_record_as_released(client, story):
    asked(story).take("grant_release", "receiver", reason="x")
    Release.objects.update(until=NOW.replace(year=2099))
    client.force_login(story.house.people["handler"])

    answer = client.post(f"{story.matter.get_absolute_url()}speaker/")

    assert "13800000000" in answer.text
    looked = [one for one in Reading.objects.all() if one.field == "speaker"]
    assert [one.why for one in looked] == ["release"]
