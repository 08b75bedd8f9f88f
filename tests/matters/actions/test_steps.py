from datetime import timedelta

import pytest
from django.db import IntegrityError

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.matters.actions.steps import StepRefused, _take, steps_open_to, take_step
from shuoshi.matters.models import Dirty, Matter
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.rules.states import State
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.rules.standing import CLOCK, NOBODY
from shuoshi.trail.models import Event
from tests.matters.evidence import everything_about, last, refused, said
from tests.matters.house import NOW, Story, build_house, speaker


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house)


def test_a_matter_walks_the_whole_loop(story):
    matter = story.closed().matter

    assert matter.state == State.CLOSED
    assert (matter.solved, matter.satisfied, matter.on_time) == (True, True, True)
    assert matter.responsible is None


def test_a_step_is_one_event_that_says_who_when_from_to_and_why(house, story):
    story.triaged(note="请抓紧")
    event = last(story.matter)

    assert (event.seq, event.verb, event.at) == (2, "triage", story.now)
    assert event.by == f"person:{house.people['receiver'].pk}"
    assert (event.detail["from"], event.detail["to"]) == ("RECEIVED", "TRIAGED")
    assert event.detail["responsible"] == house.people["head"].pk
    assert event.detail["due"] == story.matter.due_at.isoformat()
    assert said(story.matter) == "请抓紧"
    assert "抓紧" not in event.words
    assert (story.matter.version, story.matter.head_hash) == (2, event.hash)


def test_the_day_it_came_is_counted_anew(story):
    Dirty.objects.all().delete()

    story.triaged()

    assert Dirty.objects.get().day == story.matter.received_on


def test_a_state_that_stays_keeps_since_when(story):
    since = story.handling().matter.state_since

    assert story.take(
        "report_progress", "handler", progress="x"
    ).matter.state_since == (since)


def tried(story, name="add_note", *, who="coordinator", by=None, version=None):
    return take_step(
        story.matter,
        name,
        by=by or story.house.standing(who),
        now=story.now,
        given={"note": "备注"},
        version=version,
    )


@pytest.mark.parametrize("who", ["other", "sysadmin", "secadmin", "auditor"])
def test_whoever_does_not_see_it_takes_no_step(story, who):
    with pytest.raises(NotPermitted):
        tried(story, who=who)


def test_nobody_and_another_matter_s_speaker_take_no_step(house, story):
    for by in (NOBODY, speaker(Story(house).matter), _neighbour()):
        with pytest.raises(NotPermitted):
            tried(story, by=by)


def _neighbour():
    return build_house("NORTH").standing("coordinator")


def test_what_somebody_changed_since_it_was_seen_is_outdated(story):
    seen = story.matter.version
    tried(story, version=seen)
    before = everything_about(story.matter.pk)

    with pytest.raises(Outdated, match="刚才有人动过"):
        tried(story, version=seen)
    assert everything_about(story.matter.pk) == before


def test_in_another_state_it_says_which(story):
    assert refused(story, "accept", "receiver", handler=None) == (
        None,
        "这件事现在是“已接事”，不能受理签收。",
    )


def test_the_permission_is_asked_before_the_state(story):
    with pytest.raises(NotPermitted):
        tried(story, "grant_extension", who="receiver")
    story.triaged()
    with pytest.raises(StepRefused):
        tried(story, "triage")


def test_whoever_read_it_before_the_other_was_done_comes_too_late(house, story):
    stale = for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()
    by = house.standing("coordinator")
    tried(story)
    before = everything_about(story.matter.pk)

    with pytest.raises(Outdated):
        _take(STEPS["add_note"], stale, by=by, now=story.now, given={"note": "迟了"})
    assert everything_about(story.matter.pk) == before


def test_a_fault_of_the_program_is_not_called_somebody_else_s_change(house, story):
    story.handling()
    given = {"unit": house.units["two"], "task": None, "finish_on": NOW.date()}

    with pytest.raises(IntegrityError):
        story.take("ask_part", "head", **given)
    assert Event.objects.filter(about=story.matter.uid).count() == 3


def open_to(story, who):
    by = speaker(story.matter) if who == "speaker" else story.house.standing(who)
    page = for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()
    return {step.name for step in steps_open_to(by, page, now=story.now)}


TAKES_PART = {"add_note", "attach", "recuse"}
AT_INTAKE = {
    "solve_on_spot",
    "triage",
    "decline",
    "merge",
    "hand_to_discipline",
    "name_object",
}


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("receiver", TAKES_PART | AT_INTAKE),
        ("coordinator", TAKES_PART | AT_INTAKE | {"supervise", "order_recusal"}),
        ("chief", TAKES_PART | {"supervise", "instruct", "order_recusal"}),
        ("speaker", {"supplement", "withdraw"}),
        ("head", set()),
        ("discipline", set()),
        ("sysadmin", set()),
    ],
)
def test_what_is_open_to_whom_when_it_has_come(story, who, steps):
    assert open_to(story, who) == steps


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        (
            "handler",
            TAKES_PART
            | {"report_progress", "ask_extension", "hand_over", "ask_part", "answer"}
            | {"call_deliberation", "name_object"},
        ),
        ("head", TAKES_PART | {"hand_over", "ask_part"}),
        (
            "leader",
            TAKES_PART
            | {"suspend", "supervise", "instruct", "call_deliberation"}
            | {"order_recusal"},
        ),
        ("receiver", TAKES_PART | {"call_deliberation", "name_object"}),
        ("speaker", {"supplement", "withdraw"}),
        ("mate", set()),
    ],
)
def test_what_is_open_to_whom_while_it_is_handled(story, who, steps):
    assert open_to(story.handling(), who) == steps


def test_what_is_open_to_the_clock(story):
    page = for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()
    steps = steps_open_to(CLOCK, page, now=story.now + timedelta(days=400))

    assert {step.name for step in steps} == {
        "recalculate",
        "climb",
        "name_as_told",
        "fall_to_discipline",
    }
