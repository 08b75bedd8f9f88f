"""Who spoke reads, takes along and erases what is kept; those who look after it work through it."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from shuoshi.privacy.actions.registers import Handed, enter_handing
from shuoshi.privacy.actions.requests import ask
from shuoshi.rights.actions.retention import make_plan
from tests.channels.spoken import Spoken
from tests.journeys.desk import session_of
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "room": "/desk/rights/",
    "requests": "/desk/rights/requests/",
    "notices": "/desk/rights/notices/",
    "publish": "/desk/rights/notices/speak/",
    "retention": "/desk/rights/retention/",
    "period": "/desk/rights/periods/speaker/",
    "handings": "/desk/rights/handings/",
    "assessments": "/desk/rights/assessments/",
    "assessment": "/desk/rights/assessments/enter/",
    "my-data": "/desk/my-data/",
}


@pytest.fixture
def house(db):
    return build_house()


@pytest.fixture
def story(house):
    story = Spoken(house)
    enter_handing(
        Handed(
            "某区法律援助中心接待科",
            "姓名、联系方式、诉求摘要",
            "《法律援助法》第四十一条",
        ),
        by=house.standing("coordinator"),
        now=now(),
        about=story.matter.uid,
        number=story.matter.number,
    )
    return story


@pytest.fixture
def sit(visitor, live_server, house):
    """Return ``sit("desk")``: a page of the coordinator."""

    def seated(size):
        page = visitor(size)
        cookie = session_of(house.people["coordinator"]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_who_spoke_reads_and_erases_what_is_kept(
    visitor, story, watch, axe, screenshot, size, script
):
    page = visitor(size, java_script_enabled=script)
    page.goto("/progress/own/")
    page.get_by_label("回执号").fill(story.receipt)
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("张三丰")).to_be_visible()
    assert story.receipt not in page.url
    if script:
        axe(page)
        screenshot(page, f"own-{size}")

    page.get_by_text("清除我的姓名和联系方式").click()
    page.get_by_label("我知道后果").check()
    if script:
        screenshot(page, f"own-forget-{size}")
    page.get_by_role("button", name="清除", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("找不回来")
    expect(page.get_by_text("张三丰")).to_have_count(0)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_form_asks_apart_for_what_is_sensitive(
    visitor, house, watch, axe, screenshot, size
):
    page = visitor(size)
    page.goto("/speak/")
    agreed = page.get_by_label("单独同意为办理这件事")
    expect(agreed).to_be_hidden()
    page.get_by_label("内容里有健康").check()
    expect(agreed).to_be_visible()
    page.get_by_text("您的信息怎样用").click()
    axe(page)
    screenshot(page, f"told-{size}")
    page.goto("/notice/speak/")
    axe(page)
    screenshot(page, f"notice-{size}")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_of_those_who_look_after_it(
    sit, house, story, watch, axe, screenshot, size
):
    matter = story.matter
    request = ask(
        "CORRECT",
        "姓名改成张三风",
        mine_id=matter.mine_id,
        about=matter.uid,
        by="speaker",
        now=now(),
    )
    plan = make_plan(house.mine.pk, by=house.standing("coordinator"), now=now())
    pages = PAGES | {
        "request": f"/desk/rights/requests/{request.uid}/",
        "plan": f"/desk/rights/retention/{plan.uid}/",
        "hand-outside": f"/desk/matters/{matter.number}/hand-outside/",
        "matter": f"/desk/matters/{matter.number}/",
        "register": "/desk/register/",
    }
    page = sit(size)
    for name, url in pages.items():
        page.goto(url)
        expect(page.locator("h1")).to_be_visible()
        if name == "matter":
            expect(page.get_by_text("某区法律援助中心接待科")).to_be_visible()
        axe(page)
        screenshot(page, f"rights-{name}-{size}")
