"""The page of letters that go up: taken in by reception, passed up by the committee."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from shuoshi.matters.actions.committee import found_committee_key
from shuoshi.matters.actions.referring import refer
from shuoshi.matters.models import HigherOrgan, Referral
from tests.channels.spoken import receipt_in
from tests.keys.house import with_a_photo


pytestmark = pytest.mark.django_db
PAGE = "/desk/referrals/"


def take_in(client, **given):
    return client.post(PAGE, {"channel": "LETTER", "receipt": "", **given})


def test_reception_takes_a_letter_in_and_gives_a_receipt(sign_in):
    answer = take_in(sign_in("receiver"))

    referral = Referral.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(receipt_in(answer)) == 16
    assert referral.number in page
    assert str(referral.due_on) in page


def test_reception_sees_no_list_and_the_committee_takes_nothing_in(sign_in):
    take_in(sign_in("receiver"))
    number = Referral.objects.get().number

    assert number not in sign_in("receiver").get(PAGE).content.decode()
    committee = sign_in("discipline")
    page = committee.get(PAGE).content.decode()
    assert number in page
    assert 'name="channel"' not in page
    assert take_in(committee).status_code == 404


def test_a_wrong_receipt_is_said_beside_its_field(sign_in):
    answer = take_in(sign_in("receiver"), receipt="1234 5678 9012 3456")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有找到这个回执号" in page
    assert "1234 5678 9012 3456" in page
    assert not Referral.objects.exists()


def test_a_letter_that_was_announced_shows_no_receipt_again(house, sign_in):
    receipt = refer(mine_id=house.mine.pk, channel="WEB", now=now()).receipt

    page = take_in(sign_in("receiver"), receipt=receipt).content.decode()

    assert Referral.objects.get().letter_on == localdate(now())
    assert 'class="code"' not in page


def test_the_committee_enters_that_it_went_up(house, sign_in):
    take_in(sign_in("receiver"))
    referral = Referral.objects.get()
    committee = sign_in("discipline")

    committee.post(f"{PAGE}{referral.uid}/passed/")

    referral.refresh_from_db()
    assert referral.passed_on == localdate(now())
    page = committee.get(PAGE).content.decode()
    assert "今年已上交 1 封" in page
    assert "discipline某" in page
    # A second click says so, and changes nothing.
    again = committee.post(f"{PAGE}{referral.uid}/passed/", follow=True)
    assert "已经登记过上交" in again.content.decode()


def test_what_is_due_stands_beside_the_link_on_every_page(house, sign_in):
    take_in(sign_in("receiver"))
    Referral.objects.update(due_on=localdate(now()) - timedelta(days=1))

    desk = sign_in("discipline").get("/desk/").content.decode()
    link = re.search(r'<a[^>]*href="/desk/referrals/".*?</a>', desk, re.DOTALL)[0]
    assert ">1<" in link
    assert "/desk/referrals/" not in sign_in("chief").get("/desk/").content.decode()
    page = sign_in("discipline").get(PAGE).content.decode()
    assert "已超期" in page


def test_where_letters_go_is_named_on_the_page(house, sign_in):
    committee = sign_in("discipline")

    wrong = committee.post(f"{PAGE}organ/", {"name": "", "telephone": "0561-1"})
    assert wrong.status_code == 422
    assert "0561-1" in wrong.content.decode()
    assert not HigherOrgan.objects.exists()

    given = {"name": "集团纪委", "address": "淮北路1号", "telephone": ""}
    committee.post(f"{PAGE}organ/", given)
    assert HigherOrgan.objects.get().name == "集团纪委"
    assert "集团纪委" in committee.get(PAGE).content.decode()


def test_a_sealed_matter_is_sent_up_after_asking(house, sign_in):
    story = with_a_photo(house, text="收了井口工程的钱")
    matter = story.take("hand_to_discipline", "receiver", reason="检举").matter
    address = f"/desk/matters/{matter.number}/send-up/"
    committee = sign_in("discipline")
    assert address in committee.get(f"/desk/matters/{matter.number}/").content.decode()

    assert "先打印，再清除" in committee.get(address).content.decode()
    told = committee.post(address, follow=True).content.decode()

    matter.refresh_from_db()
    assert matter.key == ""
    assert matter.referral.number in told
    secret = "井口的风每天早上都很凉，要加衣"
    found_committee_key(secret, by=house.standing("discipline"), now=now())
    assert "只有移交纪委、内容还在的" in committee.get(address).content.decode()
    after = committee.get(f"/desk/matters/{matter.number}/")
    assert after.status_code == 200
    assert address not in after.content.decode()
    assert f"已作为信件 {matter.referral.number} 上交" in after.content.decode()
    assert "正在换成纪委密钥" not in after.content.decode()
    # Twice is said, not done.
    assert "已经上交" in committee.post(address, follow=True).content.decode()


def test_a_coordinator_learns_nothing_by_the_address(house, sign_in):
    story = with_a_photo(house)
    matter = story.take("hand_to_discipline", "receiver", reason="检举").matter

    answer = sign_in("coordinator").post(f"/desk/matters/{matter.number}/send-up/")

    assert answer.status_code == 403
    matter.refresh_from_db()
    assert matter.key
