"""What leaves on paper or as a copy, and who tries false keys, is on the trail."""

import pytest
from django.test import Client
from django.utils.timezone import now

from shuoshi.channels.actions.proofs import MISSES, behind
from shuoshi.common.hours import hour_of
from shuoshi.trail.models import Event, Reading
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return build_house()


def client_of(house, who):
    client = Client()
    client.force_login(house.people[who])
    return client


def notes(verb):
    return Event.objects.filter(verb=f"note.{verb}")


def test_a_slip_is_taken(house):
    story = Story(house, identity="CONFIDENTIAL")
    number = story.matter.number

    client_of(house, "coordinator").get(f"/desk/matters/{number}/slip/")

    taken = notes("matters.paper_exported").get()
    assert (taken.thing, taken.detail["paper"]) == (story.matter.uid, "slip")
    assert taken.by == f"person:{house.people['coordinator'].pk}"


def test_of_what_is_sealed_it_is_a_reading_too(house):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    client_of(house, "discipline").get(f"/desk/matters/{story.matter.number}/slip/")

    assert Reading.objects.get().why == "slip"


@pytest.mark.parametrize("identity", ["CONFIDENTIAL", "ANONYMOUS"])
def test_a_sheet_that_was_said_in_confidence_is_read_once_a_day(house, identity):
    story = Story(house, identity=identity)
    path = f"/desk/matters/{story.matter.number}/"

    for _time in range(2):
        client_of(house, "coordinator").get(path)

    reading = Reading.objects.get(thing=story.matter.uid)
    assert (reading.field, reading.why) == ("words", "opened")


@pytest.mark.parametrize(
    ("path", "verb"),
    [
        ("/desk/my-data/copy/", "rights.copy_exported"),
        ("/desk/roster/poster/", "duty.poster_exported"),
    ],
)
def test_copies_and_posters_are_taken(house, path, verb):
    assert client_of(house, "coordinator").get(path).status_code == 200

    assert notes(verb).count() == 1


def test_a_false_token_is_noted_once_a_stretch_without_an_address(house):
    for _time in range(3):
        refused = Client().get(
            "/api/v1/matters", headers={"Authorization": "Bearer wrong"}
        )
        assert refused.status_code == 401

    noted = notes("accounts.token_refused").get()
    assert (noted.by, noted.detail) == ("nobody", {})


def test_guessed_receipts_are_noted_by_the_hour_and_one_slip_is_not(house):
    moment = now()
    behind("1" * 16, proof="", now=moment)
    assert not notes("channels.receipts_refused").exists()

    for _time in range(MISSES + 2):
        behind("1" * 16, proof="", now=moment)

    noted = notes("channels.receipts_refused").get()
    assert (noted.at, noted.by) == (hour_of(moment), "nobody")


def test_neither_page_nor_file_tells_the_place_of_a_line_in_the_record(house):
    for _time in range(60):
        client_of(house, "coordinator").get("/desk/roster/poster/")
    auditor = client_of(house, "auditor")
    page = auditor.get("/audit/")
    older = page.context["shown"].older

    assert older
    assert not older.isdigit()
    assert auditor.get("/audit/", {"older": older}).status_code == 200
    assert auditor.get("/audit/", {"older": "17"}).status_code == 200
    taken = b"".join(auditor.get("/audit/export/csv/").streaming_content).decode()
    assert "记录号" not in taken
