"""The rules of the room: read on a phone, published at the desk."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import session_of
from tests.matters.house import build_house
from tests.support.pages import overflow


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


def test_something_is_made_public(phone, visitor, live_server, house, axe, screenshot):
    def sit(who):
        page = visitor("desk")
        cookie = session_of(house.people[who]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    author = sit("head")
    author.goto("/desk/column/")
    screenshot(author, "column-empty-desk")
    author.get_by_label("类别").select_option("LIFE")
    author.get_by_label("标题").fill("澡堂修好了")
    author.locator("#id_body").fill("从今天起有热水，handler某连夜抢修。")
    author.get_by_role("button", name="存成草稿").click()
    expect(author.get_by_text("已存成草稿")).to_be_visible()
    screenshot(author, "column-draft-desk")
    axe(author)
    address = author.url

    checker = sit("coordinator")
    checker.goto(address)
    checker.locator("summary", has_text="审过了，没有涉密").click()
    checker.get_by_role("button", name="审过了，没有涉密").click()
    expect(checker.get_by_text("已记下")).to_be_visible()

    leader = sit("chief")
    leader.goto(address)
    leader.locator("summary", has_text="批准公开").click()
    leader.get_by_label("里面的员工姓名确实要公开").check()
    screenshot(leader, "column-publish-desk")
    axe(leader)
    leader.get_by_role("button", name="批准公开").click()
    expect(leader.get_by_text("已公开").first).to_be_visible()
    leader.goto("/desk/column/")
    screenshot(leader, "column-list-desk")

    phone.goto("/")
    phone.get_by_role("link", name="公开栏").click()
    screenshot(phone, "column-phone")
    axe(phone)
    assert overflow(phone) == 0
    phone.get_by_role("link", name="澡堂修好了").click()
    expect(phone.get_by_text("从今天起有热水")).to_be_visible()
    screenshot(phone, "column-one-phone")
