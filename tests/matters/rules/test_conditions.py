from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from shuoshi.matters.rules import conditions
from shuoshi.matters.rules.conditions import Condition
from shuoshi.matters.rules.table import STEPS


NOW = datetime(2026, 9, 9, 1, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)


def asking(*releases):
    """Stand in for what was asked about the speaker."""
    return SimpleNamespace(all=lambda: releases)


WAITING = SimpleNamespace(decided_at=None, until=LATER)
DECIDED = SimpleNamespace(decided_at=EARLIER, until=LATER)
LAPSED = SimpleNamespace(decided_at=None, until=NOW)


def matter(**columns):
    plain = {
        "state": "HANDLING",
        "sealed": False,
        "suspended_at": None,
        "asked_until": None,
        "extensions": 0,
        "designated": False,
        "is_rated": False,
        "reopened": 0,
        "reviews": 0,
        "due_at": LATER,
        "ask_until": None,
        "identity": "NAMED",
        "releases": asking(),
    }
    return SimpleNamespace(**(plain | columns))


CASES = [
    ("confidential", {}, False),
    ("confidential", {"identity": "CONFIDENTIAL"}, True),
    ("release_asked", {}, False),
    ("release_asked", {"releases": asking(DECIDED, LAPSED)}, False),
    ("release_asked", {"releases": asking(WAITING)}, True),
    ("release_not_asked", {}, True),
    ("release_not_asked", {"releases": asking(WAITING)}, False),
    ("not_sealed", {}, True),
    ("not_sealed", {"sealed": True}, False),
    ("suspended", {}, False),
    ("suspended", {"suspended_at": EARLIER}, True),
    ("not_suspended", {}, True),
    ("not_suspended", {"suspended_at": EARLIER}, False),
    ("asked", {}, False),
    ("asked", {"asked_until": NOW.date()}, True),
    ("not_asked", {}, True),
    ("not_asked", {"asked_until": NOW.date()}, False),
    ("extendable", {}, True),
    ("extendable", {"extensions": 1}, False),
    ("needs_no_designation", {}, True),
    ("needs_no_designation", {"designated": True}, False),
    ("unrated", {}, True),
    ("unrated", {"is_rated": True}, False),
    ("not_reopened", {}, True),
    ("not_reopened", {"reopened": 1}, False),
    ("out_of_time_to_rate", {}, False),
    ("out_of_time_to_rate", {"is_rated": True}, True),
    ("out_of_time_to_rate", {"due_at": NOW}, True),
    ("out_of_time_to_rate", {"due_at": None}, False),
    ("is_open", {}, True),
    ("is_open", {"state": "CLOSED"}, False),
    ("awaits_review", {}, False),
    ("awaits_review", {"ask_until": NOW}, True),
    ("awaits_review", {"ask_until": EARLIER}, False),
    ("awaits_review", {"ask_until": LATER, "reviews": 1}, False),
    ("awaits_last_word", {"ask_until": LATER}, False),
    ("awaits_last_word", {"ask_until": LATER, "reviews": 1}, True),
    ("awaits_last_word", {"ask_until": EARLIER, "reviews": 1}, False),
    ("awaits_last_word", {"ask_until": LATER, "reviews": 2}, False),
]


@pytest.mark.parametrize(("name", "columns", "holds"), CASES)
def test_condition(name, columns, holds):
    condition = getattr(conditions, name)

    assert condition.holds(matter(**columns), NOW) is holds


def test_every_condition_is_tried_used_and_says_why():
    declared = {
        name for name, one in vars(conditions).items() if isinstance(one, Condition)
    }
    used = {condition.name for step in STEPS.values() for condition in step.when}

    assert declared == {name for name, _columns, _holds in CASES} == used
    for name in declared:
        assert getattr(conditions, name).name == name
        assert str(getattr(conditions, name).otherwise).endswith("。")
