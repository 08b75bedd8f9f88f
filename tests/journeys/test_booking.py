"""A time booked on a phone, moved, and used at the counter."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.models import Matter
from shuoshi.org.rules.roles import Role
from shuoshi.reception.models import Booking
from shuoshi.reception.queries.bookings import times_of
from shuoshi.reception.rules.bookings import BookingState
from tests.channels.spoken import on_duty_now
from tests.journeys.desk import session_of
from tests.matters.house import build_house, raised
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


def test_from_the_phone_to_the_counter(phone, sit, house, axe, screenshot):
    first, second = (one.key for one in times_of(house.mine.pk, now=now())[-2:])
    phone.goto("/")
    phone.get_by_role("link", name="预约").click()
    screenshot(phone, "booking-form-phone")
    axe(phone)
    assert overflow(phone) == 0
    phone.get_by_label("什么时间来").select_option(first)
    phone.get_by_label("姓名").fill("张三丰")
    phone.get_by_label("联系方式").fill("13800000000")
    phone.get_by_label("想说什么事").fill("奖金怎么算")
    phone.get_by_role("button", name="约这个时间").click()
    expect(phone.get_by_role("heading", name="已约好", exact=True)).to_be_visible()
    receipt = re.sub(r"\D", "", phone.locator(".receipt .code").inner_text())
    screenshot(phone, "booking-receipt-phone")
    axe(phone)

    phone.get_by_role("link", name="改期或取消").click()
    phone.get_by_label("预约号").fill(receipt)
    phone.get_by_role("button", name="查看").click()
    phone.get_by_label("改到什么时间").select_option(second)
    screenshot(phone, "booking-mine-phone")
    axe(phone)
    phone.get_by_role("button", name="改到这个时间").click()
    expect(phone.get_by_text("已改好")).to_be_visible()
    assert second.endswith(f"{Booking.objects.get().starts_at:%H:%M}")

    counter = sit("receiver")
    counter.goto("/desk/bookings/")
    expect(counter.get_by_text("张三丰").first).to_be_visible()
    screenshot(counter, "booking-list-desk")
    axe(counter)
    counter.get_by_role("link", name="登记说事 张三丰").click()
    expect(counter.get_by_label("姓名")).to_have_value("张三丰")
    counter.get_by_role("button", name="登记", exact=True).click()
    expect(counter.get_by_text("已登记").first).to_be_visible()
    booking, matter = Booking.objects.get(), Matter.objects.get()
    assert (booking.state, booking.matter) == (BookingState.CAME, matter.uid)


def test_cancelled_on_the_phone_the_time_is_free_again(phone, house, watch, screenshot):
    watch.expect(422)
    key = times_of(house.mine.pk, now=now())[-1].key
    phone.goto("/book/")
    phone.get_by_label("什么时间来").select_option(key)
    phone.get_by_text("单位", exact=True).click()
    phone.get_by_label("姓名").fill("张三丰")
    phone.get_by_label("联系方式").fill("13800000000")
    phone.get_by_role("button", name="约这个时间").click()
    expect(phone.get_by_text("请写明内容").first).to_be_visible()
    screenshot(phone, "booking-wrong-phone")
    phone.get_by_label("单位名称").fill("综采一队")
    phone.get_by_role("button", name="约这个时间").click()
    receipt = re.sub(r"\D", "", phone.locator(".receipt .code").inner_text())

    phone.goto("/book/mine/")
    phone.get_by_label("预约号").fill(receipt)
    phone.get_by_role("button", name="查看").click()
    phone.get_by_role("button", name="取消预约").click()
    expect(phone.get_by_text("已取消，这个时间让给别人了")).to_be_visible()
    assert times_of(house.mine.pk, now=now())[-1].free


def test_the_coordinator_says_when_people_are_received(
    sit, house, watch, axe, screenshot
):
    watch.expect(422)
    page = sit("coordinator")
    page.goto("/desk/bookings/")
    screenshot(page, "booking-empty-desk")
    page.locator("summary", has_text="改接待时间").click()
    page.get_by_label("上午从").fill("09:00")
    page.get_by_label("上午到").fill("10:00")
    page.get_by_label("下午从").fill("08:00")
    page.get_by_label("下午到").fill("17:00")
    page.get_by_label("每个号几分钟").fill("20")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("下午要在上午结束以后开始").first).to_be_visible()
    page.get_by_label("下午从").fill("15:00")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("接待时间已保存")).to_be_visible()
    axe(page)
    assert {f"{one.starts_at:%H:%M}" for one in times_of(house.mine.pk, now=now())} > {
        "09:20",
        "15:00",
    }


def test_a_turn_is_handed_over_and_taken(sit, house, axe, screenshot):
    house.enter("next", Role.RECEPTION, "discipline")
    put_on_duty(
        house.people["next"],
        unit=house.units["discipline"],
        day=localdate() + timedelta(days=3),
    )
    raised(house, now=now())
    page = sit("receiver")
    page.goto("/desk/handovers/")
    page.get_by_label("交班的话").fill("窗口的打印机没墨了")
    screenshot(page, "handover-give-desk")
    axe(page)
    page.get_by_role("button", name="交班", exact=True).click()
    expect(page.get_by_text("已交班")).to_be_visible()

    taker = sit("next", "phone")
    taker.goto("/desk/handovers/")
    expect(taker.get_by_text("窗口的打印机没墨了")).to_be_visible()
    screenshot(taker, "handover-take-phone")
    axe(taker)
    assert overflow(taker) == 0
    taker.get_by_role("button", name="接班", exact=True).click()
    expect(taker.get_by_text("已接班")).to_be_visible()
