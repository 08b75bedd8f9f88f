"""A month of duty: planned, swapped, taken, and in one's own calendar."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Origin, Turn
from shuoshi.duty.queries.rosters import calendar_of, month_of
from tests.duty.house import build_rota
from tests.journeys.desk import session_of
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ["党群工作部", "纪委", "办公室", "工会", "经营管理部"]


@pytest.fixture
def house():
    return build_rota(NAMES)


@pytest.fixture
def sit(visitor, live_server, house):
    def seated(who, size="desk"):
        page = visitor(size)
        cookie = session_of(house.people[who]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


def next_month():
    return month_of(month_of(localdate()).until + timedelta(days=1))


def test_a_month_is_looked_at_and_then_entered(sit, house, axe, screenshot):
    page = sit("coordinator")
    page.goto("/desk/roster/")
    expect(page.get_by_role("heading", name="这个月还没有排班")).to_be_visible()
    screenshot(page, "roster-empty-desk")
    page.locator("summary", has_text="排班").first.click()
    page.get_by_label("从哪个月起").fill(f"{next_month().since:%Y-%m}")
    page.get_by_role("button", name="先看排出来的样子").click()
    expect(page.get_by_role("heading", name="看一看再定")).to_be_visible()
    assert not Turn.objects.exists()
    screenshot(page, "roster-preview-desk")
    axe(page)
    page.get_by_role("button", name="就这样定").click()
    expect(page.get_by_text("值班表已排好")).to_be_visible()
    screenshot(page, "roster-month-desk")
    axe(page)

    assert Turn.objects.count() == sum(
        calendar_of(house.mine.pk).is_workday(day) for day in days_of(next_month())
    )
    page.get_by_role("link", name="打印", exact=True).click()
    expect(page.get_by_role("heading", name="值班表")).to_be_visible()
    screenshot(page, "roster-poster-desk")


def days_of(month):
    many = (month.until - month.since).days + 1
    return [month.since + timedelta(days=n) for n in range(many)]


def test_two_swap_their_turns_on_their_phones(sit, house, axe, screenshot):
    first, second = (next_month().since + timedelta(days=n) for n in (6, 7))
    own = put_on_duty(house.people["d1a"], unit=house.units["d1"], day=first)
    theirs = put_on_duty(
        house.people["d2a"], unit=house.units["d2"], day=second, origin=Origin.ROSTER
    )
    asks = sit("d1a", "phone")
    asks.goto(f"/desk/roster/?month={first:%Y-%m}")
    asks.locator("summary", has_text="换班或请人代班").click()
    asks.get_by_label("我的哪个班").select_option(label=f"{first:%m-%d}")
    asks.get_by_label("请谁来值").select_option(label="d2a某")
    asks.get_by_label("换对方的哪个班").select_option(label=f"d2a某 {second:%m-%d}")
    screenshot(asks, "roster-swap-phone")
    assert overflow(asks) == 0
    axe(asks)
    asks.get_by_role("button", name="换班或请人代班").click()
    expect(asks.get_by_text("等对方答复")).to_be_visible()
    own.refresh_from_db()
    assert own.person == house.people["d1a"]

    answers = sit("d2a", "phone")
    answers.goto("/desk/roster/")
    screenshot(answers, "roster-asked-phone")
    axe(answers)
    answers.get_by_role("button", name="同意", exact=True).click()
    expect(answers.get_by_text("已记下")).to_be_visible()

    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.person.name, theirs.person.name) == ("d2a某", "d1a某")


def test_who_is_on_duty_says_so_and_takes_the_turns_along(
    sit, house, client, screenshot
):
    put_on_duty(house.people["d1a"], unit=house.units["d1"], day=localdate())
    page = sit("d1a")
    page.goto("/desk/roster/")
    page.get_by_role("button", name="我到岗了").click()
    expect(page.get_by_text("已记下您到岗的时间")).to_be_visible()
    screenshot(page, "roster-here-desk")

    page.locator("summary", has_text="订阅到手机日历").click()
    page.get_by_role("button", name="给我地址").click()
    address = page.locator("b", has_text="/duty/").inner_text()
    screenshot(page, "roster-feed-desk")
    told = client.get(address.partition("/duty/")[1] + address.partition("/duty/")[2])
    assert told.headers["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{localdate():%Y%m%d}" in told.content.decode()
