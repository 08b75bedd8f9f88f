"""The table against what is allowed, written out by hand."""

from itertools import product

import pytest

from shuoshi.matters.actions import steps as all_effects  # noqa: F401 - declares them
from shuoshi.matters.actions.change import EFFECTS
from shuoshi.matters.actions.clock import STEP_LIMITS
from shuoshi.matters.forms.steps import _COLLECTED, _COMPOSED, _MADE
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.fields import Ask
from shuoshi.matters.rules.states import ENDED, OPEN, ZONES, State, Zone, zone_of
from shuoshi.matters.rules.table import STEPS, Audience, ClockEffect
from shuoshi.org.rules.defaults import LADDER, LIMITS


ANY_OPEN = [
    "RECEIVED",
    "TRIAGED",
    "DELIBERATING",
    "HANDLING",
    "ANSWERED",
    "REVIEWING",
    "FINAL_REVIEWING",
]
UNANSWERED = ["RECEIVED", "TRIAGED", "DELIBERATING", "HANDLING"]
OVER = ["CLOSED", "DECLINED", "MERGED", "WITHDRAWN", "HANDED_OVER"]
ANY = ANY_OPEN + OVER
HERE = None

# Step, states it leaves, state it enters (HERE: it stays), who may take it.
ALLOWED = [
    ("register", [], "RECEIVED", "receive"),
    ("solve_on_spot", ["RECEIVED"], "ANSWERED", "sort"),
    ("triage", ["RECEIVED"], "TRIAGED", "sort"),
    ("decline", ["RECEIVED"], "DECLINED", "sort"),
    ("merge", ["RECEIVED"], "MERGED", "sort"),
    ("hand_to_discipline", ["RECEIVED", "TRIAGED"], "HANDED_OVER", "receive"),
    ("accept", ["TRIAGED"], "HANDLING", "accept"),
    ("send_back", ["TRIAGED"], "RECEIVED", "accept"),
    ("call_deliberation", ["TRIAGED", "HANDLING"], "DELIBERATING", "call"),
    ("give_opinion", ["DELIBERATING"], HERE, "opine"),
    ("conclude", ["DELIBERATING"], "HANDLING", "conclude"),
    ("report_progress", ["HANDLING"], HERE, "handle"),
    ("ask_extension", ["HANDLING"], HERE, "handle"),
    ("grant_extension", ["HANDLING"], HERE, "approve"),
    ("refuse_extension", ["HANDLING"], HERE, "approve"),
    ("suspend", ["HANDLING"], HERE, "approve"),
    ("resume", ["HANDLING"], HERE, "handle"),
    ("hand_over", ["HANDLING"], HERE, "accept"),
    ("ask_part", ["HANDLING"], HERE, "accept"),
    ("deliver_part", ["HANDLING"], HERE, "deliver"),
    ("answer", ["HANDLING"], "ANSWERED", "handle"),
    ("rate", ["ANSWERED"], HERE, "speak"),
    ("reopen", ["ANSWERED"], "HANDLING", "reopen"),
    ("close", ["ANSWERED"], "CLOSED", "clock"),
    ("ask_review", ["CLOSED", "DECLINED", "MERGED"], "REVIEWING", "speak"),
    ("ask_final_review", ["CLOSED", "DECLINED", "MERGED"], "FINAL_REVIEWING", "speak"),
    ("uphold", ["REVIEWING", "FINAL_REVIEWING"], "CLOSED", "review"),
    ("overturn", ["REVIEWING", "FINAL_REVIEWING"], "RECEIVED", "review"),
    ("supplement", ANY_OPEN, HERE, "speak"),
    ("withdraw", ANY_OPEN, "WITHDRAWN", "speak"),
    ("supervise", UNANSWERED, HERE, "supervise"),
    ("instruct", ANY_OPEN, HERE, "instruct"),
    ("add_note", ANY_OPEN, HERE, "take_part"),
    ("attach", ANY_OPEN, HERE, "take_part"),
    ("recuse", ANY, HERE, "step_back"),
    ("order_recusal", ANY, HERE, "keep_out"),
    ("ask_release", ANY_OPEN, HERE, "take_part"),
    ("grant_release", ANY_OPEN, HERE, "release"),
    ("refuse_release", ANY_OPEN, HERE, "release"),
    ("name_object", ANY, HERE, "name_objects"),
    ("name_as_told", ["RECEIVED"], HERE, "clock"),
    ("fall_to_discipline", UNANSWERED, "HANDED_OVER", "clock"),
    ("recalculate", ANY_OPEN, HERE, "clock"),
    ("climb", ANY_OPEN, HERE, "clock"),
]
BY_NAME = {name: rest for name, *rest in ALLOWED}

# Steps that write nothing but the event itself, on purpose: what happens to the clock
# stands in their row.
WITHOUT_EFFECT = {"register", "recalculate"}

CLOCKS = {
    "register": "start",
    "triage": "limit",
    "suspend": "pause",
    "resume": "resume",
    "grant_extension": "extend",
    "reopen": "restart",
    "overturn": "restart",
    "climb": "climb",
    "recalculate": "recalculate",
    **dict.fromkeys(
        [
            "solve_on_spot",
            "decline",
            "merge",
            "hand_to_discipline",
            "fall_to_discipline",
            "answer",
            "withdraw",
        ],
        "stop",
    ),
}


def test_the_steps_are_these():
    assert list(STEPS)
    assert set(STEPS) == set(BY_NAME)
    assert len(ALLOWED) == len(BY_NAME)


@pytest.mark.parametrize(("name", "state"), product(BY_NAME, State))
def test_every_step_in_every_state(name, state):
    sources, target, _by = BY_NAME[name]

    assert (state in STEPS[name].sources) == (state.value in sources)
    assert STEPS[name].target == target


@pytest.mark.parametrize("name", BY_NAME)
def test_who_may_take_it(name):
    assert STEPS[name].by == BY_NAME[name][2]


@pytest.mark.parametrize("name", BY_NAME)
def test_what_it_does_to_the_clock(name):
    assert STEPS[name].clock == CLOCKS.get(name, "nothing")


def test_every_permission_is_granted_by_something():
    assert set(gate.grants) == set(Permission)
    assert all(gate.grants[permission] for permission in Permission)


def test_every_step_has_an_effect_or_none_on_purpose():
    assert set(STEPS) - WITHOUT_EFFECT == set(EFFECTS)


@pytest.mark.parametrize("ask", Ask)
def test_every_kind_of_question_has_a_control(ask):
    assert (ask in _MADE) != (ask in _COMPOSED)
    assert set(_COLLECTED) == set(_COMPOSED)


def test_choices_and_lists_are_said():
    for step in STEPS.values():
        for field in step.fields:
            assert (field.choices is not None) == (field.ask == Ask.CHOICE)
            assert (field.among != "") == (field.ask == Ask.PERSON)
            assert field.among in {"", "lead_unit", "handlers", "conveners", "anybody"}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_step_can_be_told_in_the_past(name):
    step = STEPS[name]

    assert str(step.label)
    assert str(step.past)
    assert step.public or not step.told


@pytest.mark.parametrize("name", BY_NAME)
def test_whoever_enters_an_end_tells_the_speaker_or_is_the_speaker(name):
    step = STEPS[name]

    if step.target in ENDED:
        assert Audience.SPEAKER in step.tells or step.by is Permission.SPEAK
        assert step.public


def test_every_ended_state_but_the_last_word_is_reached():
    targets = {step.target for step in STEPS.values() if step.target}

    assert targets == set(State)


def test_every_open_state_can_be_left():
    for state in OPEN:
        assert any(
            state in step.sources and step.target not in {None, state}
            for step in STEPS.values()
        )


def test_every_state_lies_in_one_zone():
    assert sorted(s for states in ZONES.values() for s in states) == sorted(State)
    assert zone_of("TRIAGED") is Zone.TRIAGE
    assert frozenset(ANY_OPEN) == OPEN
    assert frozenset(State) - OPEN == ENDED


def test_every_open_state_has_a_limit_of_its_own_or_the_total():
    assert set(STEP_LIMITS) == OPEN - {State.HANDLING}
    assert set(STEP_LIMITS.values()) <= {limit["key"] for limit in LIMITS}


def test_every_rung_tells_somebody_the_table_knows():
    audiences = {str(audience).upper() for audience in Audience} | {"ACCOUNTABILITY"}

    assert {rung["tells"] for rung in LADDER} <= audiences
    assert [rung["order"] for rung in LADDER] == list(range(1, len(LADDER) + 1))


def test_every_clock_effect_is_used():
    assert {step.clock for step in STEPS.values()} == set(ClockEffect)
