"""Who is refused what is on record, the same for what is hidden and what is not there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shuoshi.matters.actions import refusals
from shuoshi.matters.actions.refusals import note_refusal
from shuoshi.trail.models import Event
from tests.matters.house import build_house, raised


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
def house(db):
    return build_house()


def client_of(house, who):
    client = Client()
    client.force_login(house.people[who])
    return client


def on_record():
    return list(Event.objects.filter(verb__startswith="note.access.").order_by("id"))


def test_a_hidden_matter_and_one_that_is_not_there_are_noted(house):
    matter = raised(house)
    client = client_of(house, "other")

    for number in (matter.number, "2026-0099"):
        assert client.get(f"/desk/matters/{number}/").status_code == 404

    hidden, absent = on_record()
    assert hidden.verb == absent.verb == "note.access.refused"
    assert (hidden.thing, absent.thing) == (matter.uid, None)
    assert hidden.by == house.standing("other").on_record
    assert hidden.detail == {
        "endpoint": "matters:matter",
        "status": 404,
        "number": matter.number,
        "on": str(matter.uid),
    }


def test_hidden_and_absent_take_the_same_work(house):
    matter = raised(house)
    house.standing("other"), house.standing("mate")

    with CaptureQueriesContext(connection) as hidden:
        refuse(house, number=matter.number)
    with CaptureQueriesContext(connection) as absent:
        refuse(house, number="2026-0099", who="mate")

    assert len(hidden) == len(absent)


def test_what_is_seen_but_not_allowed_is_noted(house):
    matter = raised(house, identity="CONFIDENTIAL")
    client = client_of(house, "sysadmin")

    assert client.get("/desk/ledger/").status_code == 403
    assert client.get("/desk/").status_code == 200

    (note,) = on_record()
    assert (note.detail["endpoint"], note.detail["status"]) == ("matters:ledger", 403)
    assert matter.number not in str(note.detail)


def test_a_program_is_noted_too(house, client):
    matter = raised(house)
    token = client.post(
        "/api/v1/tokens",
        {"username": "mine-other", "password": "x"},
        content_type="application/json",
    )
    assert token.status_code == 401
    assert on_record() == []
    assert matter


def test_of_strangers_nothing_is_kept(house, client):
    assert client.get("/progress/do/nothing/").status_code == 405
    assert client.post("/progress/do/nothing/").status_code == 404
    assert on_record() == []


def refuse(house, *, number="", endpoint="matters:matter", who="other", now=NOW):
    note_refusal(
        house.standing(who), endpoint=endpoint, number=number, status=404, now=now
    )


def test_the_same_refusal_is_one_line_a_minute(house):
    for second in (0, 1, 59, 60):
        refuse(house, number="2026-0001", now=NOW + timedelta(seconds=second))
    refuse(house, number="2026-0002")

    assert len(on_record()) == 3


def test_a_flood_ends_in_one_line(house):
    for number in range(refusals.ALL.most + 5):
        refuse(house, number=f"2026-{number:04}")
    refuse(house, who="mate")

    verbs = [note.verb for note in on_record()]
    assert verbs.count("note.access.refused") == refusals.ALL.most + 1
    assert verbs.count("note.access.refused_often") == 1


def test_what_is_no_number_is_not_kept(house):
    refuse(house, number="abc-张三")

    (note,) = on_record()
    assert note.detail == {"endpoint": "matters:matter", "status": 404}


def test_the_refusal_stands_where_it_cannot_be_recorded(house, monkeypatch):
    monkeypatch.setattr("shuoshi.trail.actions.events.TRIES", 0)
    client = client_of(house, "other")

    assert client.get("/desk/matters/2026-0099/").status_code == 404
    assert on_record() == []
