"""Calls in the order in which one speaks, and letters with their scans."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.receipts import is_well_formed
from shuoshi.trail.models import Event
from tests.channels.spoken import on_duty_now, receipt_in
from tests.files.samples import picture
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
CALL = {
    "nonce": "n",
    "identity": "NAMED",
    "name": "张三丰",
    "contact": "138 0000 0000",
    "contact_again": "13800000000",
    "informed": "on",
    "read_back": "on",
    "text": "澡堂的水凉了三天。",
}
LETTER = {
    "nonce": "n",
    "identity": "ANONYMOUS",
    "text": "食堂夜班没有热饭。",
    "found_at": "井口信箱",
}


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def desk(client, house):
    client.force_login(house.people["receiver"])
    return client


def scan(name="信.png"):
    return SimpleUploadedFile(name, picture("PNG"))


def test_a_call_ends_with_a_receipt_that_is_read_in_fours(desk):
    page = desk.get("/desk/call/").content.decode()
    assert "“您好，这里是党员说事室" in page

    answer = desk.post("/desk/call/", CALL)

    assert "四个一组念" in answer.content.decode()
    assert is_well_formed(receipt_in(answer))
    matter = Matter.objects.get()
    assert (matter.channel, matter.text) == ("PHONE", CALL["text"])
    # The same sheet sent twice is one call.
    desk.post("/desk/call/", CALL)
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"contact_again": "13800000001"}, "两遍听写的号码不一样"),
        ({"informed": ""}, "念过告知书、对方同意以后再登记"),
        ({"read_back": ""}, "请先把事情复述给对方听"),
        ({"text": ""}, "这个字段是必填项"),
        ({"name": ""}, "实名反映请写姓名"),
    ],
)
def test_what_was_not_said_or_heard_is_asked_for_and_nothing_is_lost(
    desk, changed, said
):
    answer = desk.post("/desk/call/", CALL | changed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page or "必填" in page
    assert CALL["contact"] in page
    assert not Matter.objects.exists()


def test_of_an_anonymous_call_no_number_is_kept(desk):
    desk.post("/desk/call/", CALL | {"identity": "ANONYMOUS", "contact_again": ""})

    matter = Matter.objects.get()
    assert not hasattr(matter, "speaker")


def test_a_letter_comes_with_its_scan_and_who_opened_it(desk, house):
    other = house.people["coordinator"]

    answer = desk.post(
        "/desk/scan/", {**LETTER, "scan": scan(), "opened_with": other.pk}
    )

    assert answer.status_code == 200
    matter = Matter.objects.get()
    assert matter.channel == "LETTER"
    kept = Attachment.objects.get()
    assert (kept.about, kept.kind) == (matter.uid, "PNG")
    assert kept.added_at == matter.received_at
    event = Event.objects.get(verb="note.reception.letter_opened")
    assert event.detail == {"with": other.pk, "found_at": "井口信箱"}
    assert event.about != matter.uid


@pytest.mark.parametrize(
    "changed",
    [
        {"opened_with": ""},
        {"opened_with": "SELF"},
        {"found_at": ""},
        {"scan": ""},
        {"text": ""},
    ],
)
def test_a_letter_without_scan_or_second_person_is_not_taken(desk, house, changed):
    given = {**LETTER, "scan": scan(), "opened_with": house.people["coordinator"].pk}
    if changed.get("opened_with") == "SELF":
        changed = {"opened_with": house.people["receiver"].pk}

    answer = desk.post("/desk/scan/", given | changed)

    assert answer.status_code == 422
    assert not Matter.objects.exists()
    assert not Attachment.objects.exists()


def test_only_who_receives_takes_down(client, house):
    client.force_login(house.people["leader"])

    for path in ("/desk/call/", "/desk/scan/"):
        assert client.get(path).status_code == 403
