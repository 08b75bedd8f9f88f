"""A leader's open day, from its planning to what everybody reads of it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from shuoshi.matters.models import Matter
from shuoshi.reception.models import Booking, OpenDay
from tests.channels.spoken import on_duty_now
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


def plan_it(desk, axe, screenshot):
    desk.goto("/desk/open-days/")
    screenshot(desk, "open-day-empty-desk")
    # Not the first: it may be today, and over.
    desk.get_by_label("哪个月").select_option(index=1)
    desk.get_by_label("谁接待").select_option(label="leader某")
    desk.get_by_label("party队").check()
    desk.get_by_role("button", name="安排一次").click()
    expect(desk.get_by_text("已安排，公告以后")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="公告", exact=True).click()
    expect(desk.get_by_text("已公告").first).to_be_visible()
    screenshot(desk, "open-day-desk")


def book_it(phone, axe, screenshot):
    phone.goto("/")
    expect(phone.get_by_text("leader某接待")).to_be_visible()
    screenshot(phone, "open-day-home-phone")
    axe(phone)
    assert overflow(phone) == 0
    phone.get_by_role("link", name="约这一天").click()
    phone.get_by_label("什么时间来").select_option(index=1)
    phone.get_by_label("姓名").fill("张三丰")
    phone.get_by_label("联系方式").fill("13800000000")
    phone.get_by_label("想说什么事").fill("澡堂水凉")
    phone.get_by_role("button", name="约这个时间").click()
    expect(phone.get_by_role("heading", name="已约好", exact=True)).to_be_visible()


def hear_it(counter, wall, house, axe, screenshot):
    day = OpenDay.objects.get()
    booking = Booking.objects.get()
    assert booking.line == day.line
    # The day has come.
    OpenDay.objects.update(day=localdate())
    Booking.objects.update(day=localdate())
    counter.goto("/desk/queue/")
    screenshot(counter, "queue-expected-desk")
    axe(counter)
    counter.get_by_role("button", name="来了，给号").click()
    expect(counter.get_by_role("heading", name="号 1")).to_be_visible()
    screenshot(counter, "queue-slip-desk")
    counter.get_by_role("link", name="回到叫号").click()
    counter.get_by_role("button", name="叫下一个").nth(1).click()
    expect(counter.get_by_text("正在叫 1 号。")).to_be_visible()
    screenshot(counter, "queue-called-desk")
    axe(counter)
    wall.goto("/wall/")
    expect(wall.get_by_role("heading", name="正在叫号")).to_be_visible()
    screenshot(wall, "queue-wall")
    axe(wall)
    counter.get_by_role("link", name="登记说事 1").click()
    counter.get_by_role("button", name="登记", exact=True).click()
    expect(counter.get_by_text("已登记").first).to_be_visible()
    assert Matter.objects.get().first_receiver == house.people["leader"]


def test_from_the_plan_to_the_report(phone, wall, sit, house, axe, screenshot):
    desk, counter = sit("coordinator"), sit("receiver")
    plan_it(desk, axe, screenshot)
    book_it(phone, axe, screenshot)
    hear_it(counter, wall, house, axe, screenshot)

    OpenDay.objects.update(day=localdate() - timedelta(days=400))
    desk.goto("/desk/open-days/")
    desk.locator("summary", has_text="写当天情况").click()
    desk.get_by_label("当天情况").fill("来了一个人，说澡堂的事，答应一周修好。")
    desk.get_by_role("button", name="写当天情况").click()
    expect(desk.get_by_text("草稿，等另一个人看过")).to_be_visible()
    expect(desk.get_by_role("button", name="看过了，公布")).to_have_count(0)
    screenshot(desk, "open-day-draft-desk")
    counter.goto("/desk/open-days/")
    counter.get_by_role("button", name="看过了，公布").click()
    expect(counter.get_by_text("已公布情况")).to_be_visible()
    phone.goto("/open-days/")
    expect(phone.get_by_text("答应一周修好")).to_be_visible()
    screenshot(phone, "open-day-report-phone")
    axe(phone)
