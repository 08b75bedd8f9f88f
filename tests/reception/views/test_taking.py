"""Calls in the order in which one speaks, and letters with their scans."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from shuoshi.common.hours import hour_of
from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.receipts import is_well_formed
from shuoshi.reception.actions.call_drafts import KEPT, MOST, forget_calls
from shuoshi.reception.models import CallDraft
from shuoshi.trail.models import Event
from tests.channels.spoken import on_duty_now, receipt_in
from tests.files.samples import picture
from tests.matters.evidence import tables_with
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


def test_a_call_that_breaks_off_is_still_there_for_who_took_it(desk, house):
    kept = desk.post("/desk/call/keep/", CALL | {"read_back": ""})
    assert "断线、关掉也不会丢" in kept.text
    assert tables_with(CALL["text"]) == tables_with(CALL["name"]) == []

    again = desk.get("/desk/call/")

    assert CALL["text"] in again.text
    assert "上次没有登记完的" in again.text
    assert again.context["form"].initial["nonce"] != CALL["nonce"]
    other = Client()
    other.force_login(house.people["coordinator"])
    assert CALL["text"] not in other.get("/desk/call/").text


def test_of_who_wishes_to_be_nobody_no_name_is_kept_and_no_minute(desk):
    desk.post("/desk/call/keep/", CALL | {"identity": "ANONYMOUS"})

    again = desk.get("/desk/call/").text

    assert CALL["text"] in again
    assert CALL["name"] not in again
    assert CALL["contact"] not in again
    draft = CallDraft.objects.get()
    assert draft.kept_at == hour_of(draft.kept_at)


def test_registered_or_not_wanted_it_is_forgotten(desk):
    desk.post("/desk/call/keep/", CALL)
    desk.post("/desk/call/", CALL)
    assert not CallDraft.objects.exists()

    desk.post("/desk/call/keep/", CALL)
    assert desk.post("/desk/call/keep/", {"drop": "1"}).url == "/desk/call/"
    assert not CallDraft.objects.exists()


def test_what_was_never_registered_is_forgotten_after_a_day(desk):
    desk.post("/desk/call/keep/", CALL)
    draft = CallDraft.objects.get()

    assert forget_calls(now=draft.kept_at + KEPT) == 0
    assert forget_calls(now=now() + 2 * KEPT) == 1


def test_the_newest_sheet_takes_the_place_of_the_one_before(desk):
    desk.post("/desk/call/keep/", CALL)
    desk.post("/desk/call/keep/", CALL | {"text": "水又热了。"})

    assert CallDraft.objects.count() == 1
    assert "水又热了。" in desk.get("/desk/call/").text
    too_long = desk.post("/desk/call/keep/", CALL | {"text": "长" * MOST})
    assert "太长了" in too_long.text
    assert "水又热了。" in desk.get("/desk/call/").text
