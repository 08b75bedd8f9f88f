from datetime import timedelta

import pytest

from shuoshi.common.workdays import end_of
from shuoshi.matters.models import Order
from shuoshi.matters.queries.clock import ZONE
from tests.matters.evidence import last, name_of, refused, said, told
from tests.matters.house import NOW, Story, answers, build_house, ratings


pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    """A complaint that is being handled; five working days, due on the sixteenth."""
    return Story(house).handling()


def on(days):
    return end_of(TODAY + timedelta(days=days), ZONE)


def supervise(story, who="coordinator", *, days=2):
    return story.take(
        "supervise", who, demand="抓紧", finish_on=TODAY + timedelta(days=days)
    )


def instruct(story, who="leader", *, days=2):
    return story.take(
        "instruct", who, instruction="三天办好", finish_on=TODAY + timedelta(days=days)
    )


@pytest.mark.parametrize("who", ["coordinator", "leader", "chief"])
def test_supervised(story, who):
    matter = supervise(story, who).matter

    assert matter.supervised
    order = Order.objects.get()
    assert (order.kind, name_of(order.by), order.seq, order.given_at) == (
        "SUPERVISION",
        who,
        matter.version,
        story.now,
    )
    assert last(matter).detail["finish_on"] == "2026-09-11"
    assert said(matter) == "抓紧"
    assert told(matter, "supervise") == ["handler", "head", "receiver"]


@pytest.mark.parametrize("who", ["leader", "chief"])
def test_instructed(story, who):
    matter = instruct(story, who).matter

    assert not matter.supervised
    assert Order.objects.get().kind == "INSTRUCTION"
    assert said(matter) == "三天办好"
    assert told(matter, "instruct") == ["handler", "head", "receiver"]


@pytest.mark.parametrize("act", [supervise, instruct])
def test_the_deadline_that_runs_is_shortened_and_the_total_is_not(story, act):
    total = story.matter.answer_due_at
    matter = act(story).matter

    assert (matter.due_at, matter.due_from) == (on(2), story.now)
    assert matter.answer_due_at == total
    assert matter.next_rung_at == story.now + (on(2) - story.now) / 2


@pytest.mark.parametrize("act", [supervise, instruct])
def test_a_later_day_changes_neither_deadline_nor_warnings(story, act):
    before = story.matter
    matter = act(story, days=20).matter

    for column in ("due_at", "due_from", "rung", "next_rung_at"):
        assert getattr(matter, column) == getattr(before, column)


def test_the_first_of_several_days_counts(story):
    assert instruct(supervise(story, days=3), days=2).matter.due_at == on(2)
    assert supervise(story, days=4).matter.due_at == on(2)


def test_what_was_ordered_still_binds_when_the_matter_moves_on(house):
    story = Story(house).triaged(request_type="SUGGESTION")
    instruct(story, days=3)
    assert story.matter.due_at == on(1)

    story.take("accept", "head", handler=house.people["handler"])

    assert story.matter.due_at == on(3)


def test_an_extension_or_a_pause_sets_aside_what_was_ordered_before(story):
    instruct(story)
    until = TODAY + timedelta(days=12)
    story.take("ask_extension", "handler", until=until, reason="要配件")
    story.take("grant_extension", "leader", reason="可以")
    assert story.matter.due_at == story.matter.answer_due_at == on(12)

    instruct(story)
    story.take("suspend", "leader", reason="等", until=until)
    assert story.matter.due_at == story.matter.answer_due_at


def test_another_round_begins_with_its_own_limit_alone(house, story):
    instruct(story)
    story.take("answer", "handler", answers=answers(story.matter))
    story.now += timedelta(days=3)
    story.take("rate", "speaker", ratings=ratings(story.matter, grade="DISSATISFIED"))
    matter = story.matter

    assert (matter.state, matter.due_at) == ("HANDLING", matter.answer_due_at)
    # Five working days to make it good, reckoned and coloured from the reopening.
    assert matter.due_from == story.now
    assert matter.due_at == on(9)


def test_while_suspended_nothing_is_shortened(story):
    story.take("suspend", "leader", reason="等", until=TODAY + timedelta(days=30))
    due = story.matter.due_at

    assert instruct(story).matter.due_at == due


def test_an_answered_matter_can_be_instructed_but_its_window_stays(story):
    story.take("answer", "handler", answers=answers(story.matter))
    due = story.matter.due_at

    assert instruct(story).matter.due_at == due
    assert (
        "已回复" in refused(story, "supervise", "chief", demand="x", finish_on=TODAY)[1]
    )


@pytest.mark.parametrize("name", ["supervise", "instruct"])
def test_nothing_is_ordered_for_a_day_that_is_over(story, name):
    given = {
        "demand": "x",
        "instruction": "x",
        "finish_on": TODAY - timedelta(days=1),
    }

    assert refused(story, name, "leader", **given)[0] == "finish_on"


@pytest.mark.parametrize(
    "who", ["handler", "head", "receiver", "speaker", "discipline"]
)
def test_others_order_nothing(story, who):
    refused(story, "supervise", who, demand="x", finish_on=TODAY)
    refused(story, "instruct", who, instruction="x", finish_on=TODAY)


def test_the_coordinator_supervises_but_does_not_instruct(story):
    refused(story, "instruct", "coordinator", instruction="x", finish_on=TODAY)
