"""Who accuses a cadre of a higher level gets a receipt; nothing of it is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from shuoshi.files.models import Attachment
from shuoshi.matters.actions.referring import pass_up, send_matter_up, take_letter
from shuoshi.matters.models import Matter, Referral
from tests.channels.spoken import Program, Spoken, nonce_in, on_duty_now, receipt_in
from tests.files.samples import picture


pytestmark = pytest.mark.django_db
SAID = {
    "text": "集团某领导收了钱",
    "claim_1": "请查一查",
    "identity": "NAMED",
    "name": "张三丰",
    "contact": "13800000000",
    "higher": "on",
}


def say(client, **said):
    nonce = nonce_in(client.get("/speak/"))
    return client.post("/speak/", SAID | {"nonce": nonce} | said)


def test_nothing_is_kept_and_everything_is_shown_back_once(client, house):
    on_duty_now(house)
    photo = SimpleUploadedFile("a.jpg", picture("JPEG"), "image/jpeg")

    answer = say(client, photos=[photo])

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    assert "一个字也没有留" in page
    assert "12388" in page
    assert SAID["text"] in page
    assert SAID["claim_1"] in page
    assert len(receipt_in(answer)) == 16
    assert not Matter.objects.exists()
    assert not Attachment.objects.exists()
    assert Referral.objects.get().number in page


def test_it_needs_nobody_on_duty_and_no_name(client, house):
    answer = say(client, text="", identity="", name="")

    assert answer.status_code == 200
    assert Referral.objects.count() == 1


def test_what_is_shown_back_is_text(client, house):
    page = say(client, text="<script>alert(1)</script>").content.decode()

    assert "<script>alert(1)" not in page


def progress(client, receipt):
    return client.post("/progress/", {"receipt": receipt}).content.decode()


def test_the_receipt_tells_how_far_the_letter_is(client, house):
    receipt = receipt_in(say(client))
    assert "还没有收到信" in progress(client, receipt)

    taken = take_letter(
        channel="WALK_IN", by=house.standing("receiver"), now=now(), receipt=receipt
    )
    assert "收到您的信，没有拆" in progress(client, receipt)

    pass_up(taken.referral.uid, by=house.standing("discipline"), now=now())
    assert "已经原样交给上级纪检监察机关" in progress(client, receipt)


def test_the_receipt_of_a_letter_opens_no_matter(client, house):
    receipt = receipt_in(say(client))

    for path in ("/progress/check/", "/progress/own/", "/progress/do/withdraw/"):
        assert client.post(path, {"receipt": receipt}).status_code == 422


def test_a_matter_that_went_up_says_so(client, house):
    story = Spoken(house).take("hand_to_discipline", "receiver", reason="检举")
    send_matter_up(story.matter, by=house.standing("discipline"), now=story.now)

    page = progress(client, story.receipt)

    assert "没有拆" not in page
    assert "上级纪检监察机关" in page


def test_programs_give_a_receipt_too_and_send_no_word(client, house):
    program = Program(client)

    answer = program.post("referrals", {})
    refused = program.post("referrals", {"text": "集团某领导收了钱"})

    told = answer.json()
    assert answer.status_code == 201
    assert told["organ"]["telephone"] == "12388"
    assert refused.status_code == 422
    assert Referral.objects.count() == 1
    assert program.get(f"progress/{told['receipt']}").json() == {
        "number": told["number"],
        "organ": "上级纪检监察机关",
        "came": None,
        "passed_up": None,
    }


def test_programs_are_told_of_an_unknown_mine(client, house):
    answer = Program(client).post("referrals", {"mine": "NOWHERE"})

    assert answer.status_code == 422
    assert not Referral.objects.exists()
