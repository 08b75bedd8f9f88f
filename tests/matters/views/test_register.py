"""Registering at the desk: one form, one matter, one receipt shown once."""

import re

import pytest

from shuoshi.matters.actions.raising import receipt_digest
from shuoshi.matters.models import Matter
from tests.matters.house import TEXT


URL = "/desk/register/"


def saying(**more):
    return {
        "nonce": "a-nonce-of-the-form",
        "channel": "PHONE",
        "text": TEXT,
        "identity": "NAMED",
        "name": "王五",
        "contact": "8123",
    } | more


def receipt_in(answer):
    code = re.search(r'<p class="code">(.*?)</p>', answer.content.decode(), re.DOTALL)
    return re.sub(r"\D", "", re.sub(r"<[^>]*>", "", code[1]))


def test_form_is_ready_to_type(house, sign_in):
    text = sign_in("receiver").get(URL).content.decode()

    assert re.search(r'<textarea name="text"[^>]*autofocus', text)
    assert re.search(r'value="WALK_IN"[^>]*checked', text)


def test_registered_matter_shows_its_receipt_once(house, sign_in):
    client = sign_in("receiver")

    answer = client.post(URL, saying())

    matter = Matter.objects.get()
    receipt = receipt_in(answer)
    assert answer.status_code == 200
    assert receipt_digest(receipt) == matter.receipt_digest
    assert "no-store" in answer["Cache-Control"]
    assert matter.first_receiver == house.people["receiver"]
    assert matter.channel == "PHONE"
    assert receipt not in str(dict(client.session))
    for url in ("", "slip/"):
        page = client.get(f"/desk/matters/{matter.number}/{url}").content.decode()
        assert receipt not in page.replace(" ", "")


def test_sending_twice_is_one_matter_with_one_receipt(house, sign_in):
    client = sign_in("receiver")

    first, second = client.post(URL, saying()), client.post(URL, saying())

    assert Matter.objects.count() == 1
    assert receipt_in(first) == receipt_in(second)


def test_channel_of_last_time_is_chosen(house, sign_in):
    client = sign_in("receiver")
    client.post(URL, saying())

    text = client.get(URL).content.decode()

    assert re.search(r'value="PHONE"[^>]*checked', text)


@pytest.mark.parametrize("typed", ["one队", "MINE-one", "one"])
def test_unit_is_found_by_what_is_typed(house, sign_in, typed):
    sign_in("receiver").post(URL, saying(unit=typed))

    assert Matter.objects.get().unit == house.units["one"]


@pytest.mark.parametrize(
    ("typed", "says"), [("没有", "没有叫“没有”的单位"), ("队", "可以是几个单位")]
)
def test_unit_that_is_not_clear_is_asked_again(house, sign_in, typed, says):
    answer = sign_in("receiver").post(URL, saying(unit=typed))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Matter.objects.exists()


def test_claims_are_told_apart_by_lines(house, sign_in):
    sign_in("receiver").post(URL, saying(claims="热饭\n\n卫生"))

    claims = Matter.objects.get().claims.order_by("place")
    assert [claim.text for claim in claims] == ["热饭", "卫生"]


def test_solving_on_the_spot_follows_at_once(house, sign_in):
    client = sign_in("receiver")
    answer = client.post(URL, saying(solve="1"))
    matter = Matter.objects.get()
    url = f"/desk/matters/{matter.number}/do/solve_on_spot/"
    assert f'action="{url}"' in answer.content.decode()

    client.post(
        url,
        {
            "version": matter.version,
            "request_type": "ENQUIRY",
            "answers-1-facts": "已当面说明。",
            "answers-1-outcome": "EXPLAINED",
            "answers-1-solved": "on",
        },
    )

    matter.refresh_from_db()
    assert matter.state == "ANSWERED"


def test_refusal_is_shown_beside_the_field(house, sign_in):
    answer = sign_in("receiver").post(URL, saying(name=""))

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "实名反映请写姓名" in text[text.index('id="id_name_error"') :]
    assert not Matter.objects.exists()


@pytest.mark.parametrize("who", ["handler", "head", "leader", "chief"])
def test_others_may_not_register(house, sign_in, who):
    client = sign_in(who)

    assert client.get(URL).status_code == 403
    assert client.post(URL, saying()).status_code == 403
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        {"text": ""},
        {"text": "字" * 30_000},
        {"nonce": ""},
        {"nonce": "x" * 500},
        {"channel": "API"},
        {"identity": "KING"},
        {"claims": "\n".join("一二三四五六七八九十甲乙")},
        {"text": "\u200b\u200b"},
        {"unit": "x" * 500},
    ],
)
def test_hostile_input_is_refused(house, sign_in, hostile):
    assert sign_in("receiver").post(URL, saying(**hostile)).status_code == 422
    assert not Matter.objects.exists()


def test_other_methods_are_405(house, sign_in):
    assert sign_in("receiver").delete(URL).status_code == 405


def test_whoever_is_put_out_by_registering_is_offered_no_way_in(house, sign_in):
    # The head of one's own department is named: one answers to them.
    answer = sign_in("receiver").post(URL, saying(about="party_head某", solve="1"))

    number = Matter.objects.get().number
    page = answer.content.decode()
    assert len(receipt_in(answer)) == 16
    assert number in page
    assert f"/desk/matters/{number}/" not in page
    assert TEXT not in page
