"""Somebody lets themselves be told by text message; the system administrator sees how it goes."""

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from shuoshi.jobs.models import Job
from shuoshi.notices.actions import send_in_app
from shuoshi.notices.models import Address, Delivery
from shuoshi.notices.tasks import prove_address
from tests.journeys.desk import session_of
from tests.matters.house import build_house
from tests.notices.factories import tell
from tests.notices.gateway import gateway
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13912345678"


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def sms(settings):
    with gateway() as (fake, described):
        settings.SHUOSHI_SMS = described
        settings.EMAIL_HOST = "127.0.0.1"
        yield fake


@pytest.fixture
def sit(visitor, live_server, house):
    def seated(who, size="desk"):
        page = visitor(size)
        cookie = session_of(house.people[who]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


def code_sent(sms):
    for job in Job.objects.filter(name="notices.prove_address"):
        prove_address(**job.arguments)
    return re.search(r"[0-9]{6}", sms.sent[-1][0].replace(PHONE, ""))[0]


def test_a_number_is_proved_and_chosen(sit, watch, sms, axe, screenshot):
    watch.expect(422)
    page = sit("receiver", "phone")
    page.goto("/accounts/roads/")
    screenshot(page, "roads-none-phone")
    section = page.locator("section", has=page.get_by_role("heading", name="短信"))

    section.get_by_label("手机号码").fill("8123")
    section.get_by_role("button", name="发验证码").click()
    expect(page.get_by_text("手机号码：请填11位手机号码。")).to_be_visible()
    screenshot(page, "roads-refused-phone")
    section.get_by_label("手机号码").fill(PHONE)
    section.get_by_role("button", name="发验证码").click()
    expect(page.get_by_text("139****5678")).to_be_visible()
    screenshot(page, "roads-code-phone")
    page.get_by_label("收到的验证码").fill(code_sent(sms))
    section.get_by_role("button", name="确认").click()
    expect(page.get_by_text("好了，有新情况会发到这里。")).to_be_visible()
    page.get_by_label("短信 · 经手的事有新情况").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已经记下。")).to_be_visible()
    expect(page.get_by_label("短信 · 经手的事有新情况")).not_to_be_checked()

    assert overflow(page) == 0
    axe(page)
    screenshot(page, "roads-chosen-phone")
    assert Address.objects.get().confirmed_at


def test_the_system_administrator_sees_a_road_that_ails(
    sit, house, sms, axe, screenshot
):
    tell(None, at=now())
    send_in_app(now=now())
    failed = {"road": "SMS", "failed_at": now(), "failure": "HTTP 503", "attempts": 1}
    Delivery.objects.update(**failed)

    page = sit("sysadmin")
    page.goto("/office/")

    expect(page.get_by_text("发不出去")).to_be_visible()
    expect(page.get_by_text("HTTP 503")).to_be_visible()
    axe(page)
    screenshot(page, "roads-office-desk")
