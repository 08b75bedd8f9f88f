"""The rules of the room: read on a phone, published at the desk."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import session_of
from tests.journeys.test_speak import overflow
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return build_house()


def test_the_rules_are_read_on_a_phone_and_published_at_the_desk(
    phone, visitor, live_server, house, axe, screenshot
):
    phone.goto("/")
    phone.get_by_role("link", name="说事室的制度").click()
    screenshot(phone, "rules-phone")
    axe(phone)
    phone.get_by_role("link", name="值班值守制度").click()
    expect(phone.get_by_text("程序保证：").first).to_be_visible()
    screenshot(phone, "rule-phone")
    axe(phone)
    assert overflow(phone) == 0

    desk = visitor("desk")
    cookie = session_of(house.people["coordinator"]) | {"url": live_server.url}
    desk.context.add_cookies([cookie])
    desk.goto("/desk/rules/duty/")
    screenshot(desk, "rule-publish-desk")
    axe(desk)
    desk.get_by_label("第1条", exact=True).fill("工作日早八点半到晚五点有人值班。")
    desk.get_by_role("button", name="发布").click()
    expect(desk.get_by_text("已发布")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("第1版")).to_be_visible()
