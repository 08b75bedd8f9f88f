"""Which limit fits: the defaults by class, with the numbers of the law."""

from types import SimpleNamespace

import pytest

from shuoshi.matters.rules.limits import choose
from shuoshi.org.rules.defaults import LIMITS


BLANK = {"request_type": "", "petition_class": "", "category": "", "level": ""}
DEFAULTS = [SimpleNamespace(**(BLANK | row)) for row in LIMITS]


def chosen(key, limits=DEFAULTS, **classes):
    limit = choose(limits, key, **classes)
    return (limit.amount, limit.unit)


@pytest.mark.parametrize(
    ("classes", "limit"),
    [
        ({}, (15, "CALENDAR")),
        ({"level": "ORDINARY"}, (15, "CALENDAR")),
        ({"request_type": "ENQUIRY"}, (3, "WORKING")),
        ({"request_type": "HELP"}, (3, "WORKING")),
        ({"request_type": "COMPLAINT"}, (5, "WORKING")),
        ({"request_type": "REPORT"}, (15, "WORKING")),
        ({"request_type": "SUGGESTION"}, (10, "WORKING")),
        ({"request_type": "PRAISE"}, (5, "WORKING")),
        # The law's sixty days stand above what the mine promises for a type …
        ({"petition_class": "GRIEVANCE"}, (60, "CALENDAR")),
        (
            {"petition_class": "GRIEVANCE", "request_type": "COMPLAINT"},
            (60, "CALENDAR"),
        ),
        ({"petition_class": "SUGGESTION", "request_type": "HELP"}, (3, "WORKING")),
        # … and how pressing it is above both.
        ({"level": "COMPLEX", "request_type": "COMPLAINT"}, (15, "WORKING")),
        ({"level": "URGENT", "petition_class": "GRIEVANCE"}, (1, "WORKING")),
        ({"level": "ORDINARY", "category": "canteen"}, (15, "CALENDAR")),
    ],
)
def test_the_answer(classes, limit):
    assert chosen("ANSWER", **classes) == limit


@pytest.mark.parametrize(
    ("key", "classes", "limit"),
    [
        ("TRIAGE", {}, (1, "WORKING")),
        ("ACCEPT", {}, (1, "WORKING")),
        ("ACCEPT", {"level": "URGENT"}, (30, "MINUTES")),
        ("OBJECT", {}, (5, "WORKING")),
        ("DELIBERATE", {}, (5, "WORKING")),
        ("RATE", {}, (30, "CALENDAR")),
        ("RECTIFY", {"request_type": "HELP"}, (5, "WORKING")),
        ("EXTEND", {}, (30, "CALENDAR")),
        ("ASK_REVIEW", {}, (30, "CALENDAR")),
        ("REVIEW", {}, (30, "CALENDAR")),
        ("ASK_FINAL", {}, (30, "CALENDAR")),
        ("FINAL_REVIEW", {}, (30, "CALENDAR")),
    ],
)
def test_the_steps_on_the_way(key, classes, limit):
    assert chosen(key, **classes) == limit


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"{row['key']}-{row['amount']}")
def test_every_limit_cites_where_it_comes_from(row):
    assert row["basis"]
    assert row["amount"] >= 1


def test_a_category_counts_more_than_a_type_and_less_than_a_class():
    rows = [
        {"amount": 1, "request_type": "HELP"},
        {"amount": 2, "category": "canteen"},
        {"amount": 4, "petition_class": "GRIEVANCE"},
    ]
    limits = [
        SimpleNamespace(key="ANSWER", unit="WORKING", **(BLANK | row)) for row in rows
    ]

    of = {"request_type": "HELP", "category": "canteen"}
    assert chosen("ANSWER", limits, **of)[0] == 2
    assert chosen("ANSWER", limits, **of, petition_class="GRIEVANCE")[0] == 4


def test_without_a_fitting_limit_there_is_none():
    with pytest.raises(LookupError, match="ANSWER"):
        choose([], "ANSWER", level="URGENT")
