"""Raise a matter on the page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.channels.actions import speaking
from shuoshi.common import pace
from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter, Speaker
from tests.channels.spoken import nonce_in, on_duty_now, receipt_in
from tests.files.samples import picture
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
SAID = {
    "text": "更衣室的热水不够用",
    "identity": "NAMED",
    "name": "张三丰",
    "contact": "13800000000",
}


def say(client, path="/speak/", **said):
    nonce = nonce_in(client.get(path))
    return client.post(path, SAID | {"nonce": nonce} | said)


def test_speaking_gives_the_receipt_at_once(client, house):
    on_duty_now(house)

    answer = say(
        client,
        unit="MINE-one",
        place="东更衣室",
        claim_1="加开一小时",
        claim_2="修好2号炉",
    )

    matter = Matter.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(receipt_in(answer)) == 16
    assert matter.number in page
    assert "receiver某" in page
    assert "party队" in page
    assert (matter.unit.code, matter.place, matter.channel) == (
        "MINE-one",
        "东更衣室",
        "WEB",
    )
    assert [claim.text for claim in matter.claims.all()] == ["加开一小时", "修好2号炉"]


def test_receipt_stands_in_no_address_and_in_no_cache(client, house):
    answer = say(client)

    receipt = receipt_in(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "Location" not in answer
    # The code holds the address, as the squares of an image.
    assert 'class="qr" src="data:image/svg+xml' in answer.content.decode()
    assert receipt not in answer.content.decode()


def test_anonymous_leaves_nothing(client, house):
    answer = say(client, identity="ANONYMOUS")

    assert answer.status_code == 200
    assert not client.cookies
    assert not Speaker.objects.exists()
    page = answer.content.decode()
    assert "张三丰" not in page
    assert "13800000000" not in page


def test_nobody_who_speaks_gets_a_cookie(client, house):
    say(client)

    assert not client.cookies


def test_sent_twice_is_one_matter_with_one_receipt(client, house):
    nonce = nonce_in(client.get("/speak/"))
    photo = picture()

    answers = [
        client.post(
            "/speak/",
            SAID | {"nonce": nonce, "photos": [SimpleUploadedFile("a.jpg", photo)]},
        )
        for _ in range(2)
    ]

    assert receipt_in(answers[0]) == receipt_in(answers[1])
    assert Matter.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_a_mark_that_is_not_ours_is_not_believed(client, house):
    answers = [client.post("/speak/", SAID | {"nonce": "made-up"}) for _ in range(2)]

    assert receipt_in(answers[0]) != receipt_in(answers[1])


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"text": ""}, "id_text", "请写明内容"),
        ({"text": "​ "}, "id_text", "请写明内容"),
        ({"text": "长" * 5001}, "id_text", "最多5000个字"),
        ({"name": "", "contact": ""}, "id_name", "实名反映请写姓名"),
        (
            {"identity": "CONFIDENTIAL", "name": "", "contact": ""},
            "id_contact",
            "保密反映",
        ),
        ({"identity": "KING"}, "id_identity", "KING"),
        ({"unit": "NOWHERE"}, "id_unit", "NOWHERE"),
        ({"place": "a\x00b"}, "id_place", "无法识别的字符"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(
    client, house, said, field, sentence
):
    answer = say(client, **said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}_error"' in page
    assert sentence in page
    assert said.get("text", SAID["text"]).strip() in page
    assert not Matter.objects.exists()


def test_photos_belong_to_the_matter(client, house):
    say(client, photos=[SimpleUploadedFile(f"{n}.jpg", picture()) for n in range(2)])

    matter = Matter.objects.get()
    assert Attachment.objects.filter(about=matter.uid, added_by="speaker").count() == 2


def test_a_photo_that_is_none_keeps_the_words_and_raises_nothing(client, house):
    answer = say(client, photos=[SimpleUploadedFile("a.jpg", b"\x00\x01\x02 nothing")])

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_photos_error"' in page
    assert SAID["text"] in page
    assert not Matter.objects.exists()
    assert not Attachment.objects.exists()


def test_speaking_to_another_mine(client, house):
    second = build_house("SECOND")

    say(client, path="/speak/?mine=SECOND")

    assert Matter.objects.get().mine == second.mine


def test_a_mine_that_is_not_there_is_not_found(client, house):
    assert client.get("/speak/?mine=NONE").status_code == 404
    assert client.get("/speak/?mine=%00").status_code == 404


def test_the_page_tells_the_other_roads_and_that_secrets_stay_offline(client, house):
    page = client.get("/speak/").content.decode()

    assert "不是独立的监察机构" in page
    assert "涉密不上网" in page
    assert page.count("<details") == 7


def test_speaking_asks_the_database_little(
    client, house, django_assert_max_num_queries
):
    client.get("/speak/")

    with django_assert_max_num_queries(5):
        client.get("/speak/")


@pytest.mark.parametrize(
    "body", [b"\xff\xfe=%ZZ", b"text=" + b"a" * 3_000_000, b"&=&" * 600]
)
def test_hostile_forms_are_answered(client, house, body):
    answer = client.post(
        "/speak/", body, content_type="application/x-www-form-urlencoded"
    )

    assert 400 <= answer.status_code < 500


def test_whom_it_is_about_is_kept_from_it_and_the_answer_tells_nothing(client, house):
    on_duty_now(house)

    known = say(client, about="coordinator某和receiver某", about_unit="MINE-two")
    unknown = say(client, about="没有这个人啊啊", about_unit="")

    first, second = Matter.objects.order_by("pk")
    assert (first.names_objects, second.names_objects) == (True, True)

    # But for what is drawn and numbered, both read the same.
    drawn = re.compile(r'src="data:image[^"]*"|\d')
    pages = [drawn.sub("", one.content.decode()) for one in (known, unknown)]
    assert pages[0] == pages[1]


def test_a_name_is_not_felt_out_by_the_time_it_takes(client, house, monkeypatch):
    on_duty_now(house)
    slept = []
    monkeypatch.setattr(pace, "sleep", slept.append)
    monkeypatch.setattr(speaking, "NAMING", 3600)

    say(client, about="coordinator某", about_unit="")
    say(client, about="没有这个人啊啊", about_unit="")

    assert len(slept) == 2
    assert min(slept) > 0


def test_a_poster_brings_its_place_along(client, house):
    on_duty_now(house)
    path = "/speak/?place=北风井口"

    assert 'value="北风井口"' in client.get(path).content.decode()
    say(client, path, place="北风井口")

    matter = Matter.objects.get()
    assert (matter.channel, matter.place) == ("QR", "北风井口")


@pytest.mark.parametrize("place", ["x" * 5000, "\x00", "<xq7z>", "\ud800"])
def test_an_odd_place_is_no_fault(client, house, place):
    on_duty_now(house)

    answer = client.get("/speak/", {"place": place.encode("utf-8", "replace")})

    assert answer.status_code == 200
    assert "<xq7z>" not in answer.content.decode()
