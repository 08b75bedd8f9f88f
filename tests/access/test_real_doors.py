"""
Every kind of person in every relation really goes through the doors.

Each pair of kind and relation tries some doors in turn, so that each door is tried by every
kind and in every relation; ``SHUOSHI_ALL_DOORS=1`` lets all of them try all.
"""

import os

import pytest

from shuoshi.channels.rules.doors import DOORS
from shuoshi.channels.rules.matrix import KINDS, RELATIONS, STAFF, answer_at
from shuoshi.matters.models import Matter
from tests.access.real_doors import build_doors, leads, relate, request


pytestmark = pytest.mark.django_db

TO_A_MATTER = [door for door in DOORS if door.need.permission and leads(door.path)]
WAYS = [(method, door) for door in TO_A_MATTER for method in sorted(door.methods)]
LOOKS = [
    (method, door)
    for method, door in WAYS
    if "/do/" not in door.path and "/actions/" not in door.path
]
# Prime to the number of relations, so that a turn comes by in every one of them.
TURNS = 1 if os.environ.get("SHUOSHI_ALL_DOORS") else 10
# What is sent here is empty, so an open door may say what is missing.
BADLY_SENT = {
    "open": frozenset({400, 401, 404, 422}),
    "sign_in": frozenset(),
    "refused": frozenset(),
    "absent": frozenset({422}),
}
# Where protection makes a difference, or must not.
TELLING = ["none", "receiver", "handler", "lead_leader", "named", "elsewhere"]
PAIRS = [(kind, relation) for kind in STAFF for relation in RELATIONS]


def wrong_answers(client, doors, kind, relation, protection, through):
    me = relate(doors, kind, relation, protection)
    client.force_login(me)
    wrong = []
    for method, door in through:
        expected = answer_at(door, kind, relation, protection)
        status = request(doors, client, method, door.path, me)
        if status not in door.statuses(expected):
            wrong.append((relation, protection, method, door.path, expected, status))
    return wrong


def in_turn(kind, relation):
    return WAYS[PAIRS.index((kind, relation)) % TURNS :: TURNS]


@pytest.mark.parametrize("kind", STAFF)
def test_every_door_to_a_matter_answers_as_printed(client, kind):
    doors = build_doors()
    version = doors.matter.version

    wrong = [
        one
        for relation in RELATIONS
        for one in wrong_answers(
            client, doors, kind, relation, "plain", in_turn(kind, relation)
        )
    ]

    assert wrong == []
    assert Matter.objects.get(pk=doors.matter.pk).version == version


@pytest.mark.parametrize(
    "kind", ["member", "coordinator", "chief", "discipline", "secadmin"]
)
def test_protected_matters_are_looked_at_as_printed(client, kind):
    doors = build_doors()

    wrong = [
        one
        for protection in ("confidential", "anonymous", "sealed")
        for relation in TELLING
        for one in wrong_answers(client, doors, kind, relation, protection, LOOKS)
    ]

    assert wrong == []


def test_in_turn_every_door_is_tried_by_every_kind_and_in_every_relation():
    for way in WAYS:
        tried = [pair for pair in PAIRS if way in in_turn(*pair)]
        assert {kind for kind, _relation in tried} == set(STAFF)
        assert {relation for _kind, relation in tried} == set(RELATIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_other_doors_answer_as_printed(client, kind):
    doors = build_doors()
    me = doors.person(kind) if kind in STAFF else None
    wrong = []
    for door in DOORS:
        # Whoever holds the receipt is the speaker: tried where the receipts are.
        if (
            door.need.permission
            or not leads(door.path)
            or (kind == "speaker" and door.need.way == "receipt")
        ):
            continue
        for method in sorted(door.methods):
            # Each time anew: a door may end the session.
            client.force_login(me) if me else client.logout()
            status = request(doors, client, method, door.path, me)
            expected = answer_at(door, kind)
            if status not in door.statuses(expected) | BADLY_SENT[expected]:
                wrong.append((method, door.path, expected, status))

    assert wrong == []


def test_who_has_not_signed_in_is_asked_to(client):
    doors = build_doors()

    for method, door in WAYS:
        status = request(doors, client, method, door.path, None)
        assert status in door.statuses(answer_at(door, "stranger")), door.path
