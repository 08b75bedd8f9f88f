"""The speaker's line of steps, for every state."""

from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.matters.rules.progress import REACHES, REOPENS, Mark, stops_of
from shuoshi.matters.rules.states import State
from shuoshi.matters.rules.table import STEPS


BEGIN = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)
WHEN = {mark: BEGIN + timedelta(hours=hour) for hour, mark in enumerate(Mark)}


def reached(*marks):
    return {mark: WHEN[mark] for mark in marks}


def shown(state, *marks):
    return [(stop.label, stop.state) for stop in stops_of(state, reached(*marks))]


LINES = {
    State.RECEIVED: [Mark.RECEIVED],
    State.TRIAGED: [Mark.RECEIVED, Mark.SORTED],
    State.DELIBERATING: [Mark.RECEIVED, Mark.SORTED],
    State.HANDLING: [Mark.RECEIVED, Mark.SORTED, Mark.HANDLED],
    State.ANSWERED: [Mark.RECEIVED, Mark.SORTED, Mark.HANDLED, Mark.ANSWERED],
    State.REVIEWING: list(Mark),
    State.FINAL_REVIEWING: list(Mark),
    State.CLOSED: list(Mark),
    State.DECLINED: [Mark.RECEIVED],
    State.MERGED: [Mark.RECEIVED],
    State.WITHDRAWN: [Mark.RECEIVED, Mark.SORTED],
    State.HANDED_OVER: [Mark.RECEIVED],
}
NOW = {
    State.RECEIVED: "正在分办",
    State.TRIAGED: "正在分办",
    State.DELIBERATING: "部门在办",
    State.HANDLING: "部门在办",
    State.ANSWERED: "已回复",
    State.REVIEWING: "复查中",
    State.FINAL_REVIEWING: "复核中",
    State.DECLINED: "不予受理",
    State.MERGED: "已并案",
    State.WITHDRAWN: "已撤回",
    State.HANDED_OVER: "已移交",
}


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_line_with_one_present_stop(state):
    line = shown(state, *LINES[state])

    assert line[0] == ("已接事", "done")
    assert [label for label, how in line if how == "now"] == (
        [NOW[state]] if state in NOW else []
    )


def test_the_way_ahead_is_shown_while_it_is_the_usual_one():
    assert shown(State.RECEIVED, Mark.RECEIVED) == [
        ("已接事", "done"),
        ("正在分办", "now"),
        ("部门办理", "later"),
        ("回复", "later"),
        ("办结", "later"),
    ]


def test_solved_on_the_spot_it_never_went_through_the_units():
    assert shown(State.ANSWERED, Mark.RECEIVED, Mark.ANSWERED) == [
        ("已接事", "done"),
        ("已回复", "now"),
        ("办结", "later"),
    ]


def test_a_closed_matter_is_done():
    line = shown(State.CLOSED, *Mark)

    assert line[-1] == ("已办结", "done")
    assert {how for _label, how in line} == {"done"}


def test_stops_carry_the_days_and_the_note():
    stops = stops_of(State.HANDLING, reached(Mark.RECEIVED, Mark.SORTED), note="机电队")

    assert [stop.at for stop in stops[:2]] == [WHEN[Mark.RECEIVED], WHEN[Mark.SORTED]]
    assert stops[2].note == "机电队"


def test_the_steps_that_move_the_line_are_in_the_table():
    assert set(REACHES) | set(REOPENS) <= set(STEPS)


def test_words_are_told_only_of_steps_that_are_shown():
    assert all(step.public for step in STEPS.values() if step.told)
