"""The matrix that the console prints, against the one written by hand."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from shuoshi.channels.api.application import api
from shuoshi.channels.rules.doors import DOORS
from shuoshi.channels.rules.matrix import door_at, statuses_allowed
from tests.access import by_hand


WHAT_TO_DO = (
    "This way in stands in no line of channels/rules/doors.py. Add one there, and one to "
    "tests/access/by_hand.py: "
)
STEP = re.compile(r"/(?:do|actions)/(\w+)/?$")
# The root of a mounted API and what catches the rest of it answer 404 to everybody.
NOWHERE = {"/api/", "/api/v1/"}


@pytest.fixture(scope="module")
def printed():
    told = StringIO()
    call_command("matrix", json=True, stdout=told)
    return json.loads(told.getvalue())["matrix"]


def addresses(patterns=None, before="/"):
    """Return every address of the house, with names in braces for what varies."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from addresses(entry.url_patterns, route)


def has_a_door(address):
    """Tell whether a door stands at the address, or one at each thing it can name."""
    anything = re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(address))
    return any(re.fullmatch(anything, door.path) for door in DOORS)


def test_every_address_has_a_door():
    bare = {one for one in addresses() if not has_a_door(one)} - NOWHERE

    assert not bare, WHAT_TO_DO + ", ".join(sorted(bare))


def test_every_operation_of_the_api_has_a_door():
    named = {
        f"{method.upper()} {path}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }

    bare = named - {door.name for door in DOORS}

    assert not bare, WHAT_TO_DO + ", ".join(sorted(bare))


def test_doors_to_no_matter_are_open_to_whom_the_hand_says(printed):
    for endpoint, expected in by_hand.OPEN_TO.items():
        kinds = {
            kind
            for kind, relations in printed[endpoint].items()
            if relations["none"]["plain"] == "open"
        }
        assert kinds == expected, endpoint


def test_doors_to_a_matter_answer_what_the_hand_says(printed):
    wrong = []
    for endpoint in printed.keys() - by_hand.OPEN_TO.keys():
        if "{receipt}" in endpoint or "/progress/do/" in endpoint:
            continue
        wanted = by_hand.LOOKS.get(endpoint) or STEP.search(endpoint)[1]
        for kind, relations in printed[endpoint].items():
            for relation, protections in relations.items():
                for protection, answer in protections.items():
                    told = by_hand.of_matter(kind, relation, protection, wanted)
                    if told != answer:
                        wrong.append((endpoint, kind, relation, protection, answer))

    assert wrong == []


def test_the_receipt_opens_the_speakers_doors_and_nothing_else_does(printed):
    doors = [one for one in printed if "{receipt}" in one or " /progress/do/" in one]

    assert len(doors) > 10
    for endpoint in doors:
        opened = {
            kind for kind, rest in printed[endpoint].items() if "open" in str(rest)
        }
        assert opened == {"speaker"}


@pytest.mark.parametrize(
    ("kind", "method", "path", "rest", "allowed", "forbidden"),
    [
        ("member", "GET", "/desk/matters/2026-0001/", {}, 404, 200),
        ("member", "GET", "/desk/matters/2026-0001/", {"relation": "named"}, 404, 403),
        (
            "member",
            "HEAD",
            "/desk/matters/2026-0001/",
            {"relation": "handler"},
            200,
            403,
        ),
        ("stranger", "GET", "/desk/ledger/", {}, 302, 200),
        ("stranger", "GET", "/api/v1/matters/2026-0001", {}, 401, 404),
        (
            "chief",
            "POST",
            "/desk/matters/2026-0001/do/instruct/",
            {"relation": "none"},
            422,
            403,
        ),
        (
            "chief",
            "GET",
            "/desk/matters/2026-0001/slip/",
            {"protection": "sealed"},
            403,
            200,
        ),
        ("auditor", "GET", "/desk/ledger/", {}, 403, 200),
        ("member", "GET", "/desk/nowhere/", {}, 404, 200),
        ("member", "DELETE", "/desk/ledger/", {}, 405, 500),
        ("speaker", "GET", "/api/v1/progress/1", {}, 200, 403),
        ("member", "GET", "/api/v1/progress/1", {}, 404, 200),
    ],
)
def test_it_says_which_statuses_a_request_may_get(
    kind, method, path, rest, allowed, forbidden
):
    statuses = statuses_allowed(kind, method, path, **rest)

    assert allowed in statuses
    assert forbidden not in statuses
    assert 500 not in statuses


def test_a_step_has_its_own_door_where_addresses_look_alike():
    door = door_at("GET", "/desk/matters/2026-0001/do/triage/")

    assert door.path == "/desk/matters/{number}/do/triage/"


def test_the_console_prints_lines_for_people():
    told = StringIO()
    call_command(
        "matrix",
        person="member",
        relation="handler",
        protection="sealed",
        endpoint="GET /desk/matters/{number}/",
        stdout=told,
    )

    assert "member       handler            sealed       open" in told.getvalue()
    assert "refused  GET /desk/matters/{number}/slip/" in told.getvalue()
