"""A letter about a cadre of a higher level: from a phone over the counter to the organ."""

import re

import pytest
from playwright.sync_api import expect

from shuoshi.matters.models import Matter, Referral
from tests.channels.spoken import on_duty_now
from tests.journeys.desk import session_of
from tests.journeys.test_speak import follow, receipt_on
from tests.keys.house import with_a_photo
from tests.matters.house import build_house
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "井口的风每天早上都很凉，要加衣"
SECRET = "张班长收了工友的钱"


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def sit(visitor, live_server, house):
    def seated(who, size="desk"):
        page = visitor(size)
        cookie = session_of(house.people[who]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


def test_from_the_phone_over_the_counter_to_the_organ(
    phone, sit, house, axe, screenshot
):
    phone.goto("/speak/")
    phone.get_by_label("发生了什么事").fill("集团某领导收了钱，工程都给了亲戚。")
    phone.get_by_text("反映具体的人或者单位").click()
    phone.get_by_label("检举控告上级管理的干部").check()
    screenshot(phone, "letters-speak-phone")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="这件事要交给上级")).to_be_visible()
    axe(phone)
    assert overflow(phone) == 0
    screenshot(phone, "letters-receipt-phone")
    receipt = receipt_on(phone)
    assert not Matter.objects.exists()

    counter = sit("receiver")
    counter.goto("/desk/register/")
    counter.get_by_role("link", name="登记上交信件").click()
    counter.get_by_label("回执号", exact=False).fill(receipt)
    screenshot(counter, "letters-counter-desk")
    axe(counter)
    counter.get_by_role("button", name="登记", exact=True).click()
    number = Referral.objects.get().number
    expect(counter.get_by_role("heading", name=number)).to_be_visible()
    screenshot(counter, "letters-slip-desk")

    committee = sit("discipline")
    committee.goto("/desk/referrals/")
    screenshot(committee, "letters-committee-desk")
    axe(committee)
    committee.get_by_label("机关名称").fill("集团纪委信访室")
    committee.get_by_label("地址").fill("淮北路1号")
    committee.get_by_role("button", name="保存").click()
    committee.get_by_role("button", name="今天已上交").click()
    expect(committee.get_by_text(re.compile("今天上交"))).to_be_visible()
    screenshot(committee, "letters-passed-desk")

    follow(phone, receipt)
    expect(phone.get_by_text(re.compile("已经原样交给"))).to_be_visible()
    screenshot(phone, "letters-progress-phone")
    axe(phone)


def test_the_committee_unlocks_an_accusation_and_sends_it_up(
    sit, house, axe, screenshot
):
    story = with_a_photo(house, text=SECRET)
    matter = story.take("hand_to_discipline", "receiver", reason="检举").matter
    page = sit("discipline")
    page.goto("/desk/committee/")
    screenshot(page, "committee-none-desk")
    page.get_by_label("新口令").fill(PASSPHRASE)
    page.get_by_label("再输一遍").fill(PASSPHRASE)
    page.get_by_role("button", name="建密钥").click()
    expect(page.get_by_role("heading", name="打印恢复件")).to_be_visible()
    screenshot(page, "committee-copy-desk")
    axe(page)
    page.goto("/desk/committee/")
    screenshot(page, "committee-open-desk")
    axe(page)
    page.get_by_role("button", name="锁上").click()
    screenshot(page, "committee-locked-desk")

    page.goto(f"/desk/matters/{matter.number}/")
    expect(page.get_by_role("heading", name="解锁才能看")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    screenshot(page, "committee-sealed-desk")
    axe(page)
    page.get_by_label("口令").fill(PASSPHRASE)
    page.get_by_role("button", name="解锁").click()
    expect(page.get_by_text(SECRET).first).to_be_visible()
    screenshot(page, "committee-read-desk")

    page.get_by_role("link", name="要上交").click()
    screenshot(page, "committee-send-up-desk")
    axe(page)
    page.get_by_role("button", name="清除内容并上交").click()
    expect(page.get_by_text(re.compile("内容已清除"))).to_be_visible()
    page.goto(f"/desk/matters/{matter.number}/")
    expect(page.get_by_text(SECRET)).to_have_count(0)
    screenshot(page, "committee-gone-desk")

    phone = sit("discipline", "phone")
    phone.goto("/desk/referrals/")
    assert overflow(phone) == 0
    screenshot(phone, "letters-committee-phone")
