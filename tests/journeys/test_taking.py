"""A call and a letter at the counter, as they look."""

import pytest
from playwright.sync_api import expect

from shuoshi.matters.models import Matter
from tests.channels.spoken import on_duty_now
from tests.files.samples import picture
from tests.journeys.desk import session_of
from tests.matters.house import build_house
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_call_is_taken(sit, watch, axe, screenshot):
    watch.expect(422)
    page = sit("receiver")
    page.goto("/desk/call/")
    axe(page)
    page.get_by_label("姓名").fill("张三丰")
    page.get_by_label("回电号码").fill("13800000000")
    page.get_by_label("再听写一遍号码").fill("13800000001")
    page.get_by_label("告知书已经念给对方听").check()
    page.locator("[name=text]").fill("澡堂的水凉了三天。")
    page.get_by_label("事情已经复述一遍").check()
    page.get_by_role("button", name="登记，念回执号").click()
    expect(page.get_by_text("两遍听写的号码不一样").first).to_be_visible()
    screenshot(page, "call-refused-desk")
    axe(page)
    page.get_by_label("再听写一遍号码").fill("13800000000")
    page.get_by_role("button", name="登记，念回执号").click()
    expect(page.get_by_text("四个一组念")).to_be_visible()
    screenshot(page, "call-receipt-desk")
    assert Matter.objects.get().channel == "PHONE"


def test_a_call_that_breaks_off_is_there_again(sit, axe, screenshot):
    page = sit("receiver", "phone")
    page.goto("/desk/call/")
    page.locator("[name=text]").press_sequentially("澡堂的水凉了三天。")
    expect(page.get_by_text("断线、关掉也不会丢")).to_be_visible()
    screenshot(page, "call-kept-phone")
    page.close()

    again = sit("receiver")
    again.goto("/desk/call/")
    expect(again.locator("[name=text]")).to_have_value("澡堂的水凉了三天。")
    screenshot(again, "call-again-desk")
    axe(again)
    again.get_by_role("button", name="不要了").click()
    expect(again.locator("[name=text]")).to_have_value("")


def test_a_letter_is_taken_from_its_scan(sit, axe, screenshot):
    page = sit("receiver", "phone")
    page.goto("/desk/scan/")
    screenshot(page, "scan-phone")
    axe(page)
    assert overflow(page) == 0
    scanned = {"name": "信.png", "mimeType": "image/png", "buffer": picture("PNG")}
    page.get_by_label("扫描件").set_input_files(scanned)
    page.get_by_label("在哪里收到").fill("井口信箱")
    page.get_by_label("和谁一起拆的").select_option(label="coordinator某")
    page.locator("[name=text]").fill("食堂夜班没有热饭。")
    page.get_by_text("匿名", exact=True).click()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("回执号只显示这一次")).to_be_visible()
    assert Matter.objects.get().channel == "LETTER"
