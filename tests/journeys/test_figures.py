"""A leader looks at the figures, asks for another period, and reads the list behind one."""

import random
import re

import pytest
from playwright.sync_api import expect

from shuoshi.matters.actions.figures import recount_dirty
from tests.journeys.desk import session_of
from tests.matters import counting
from tests.matters.house import build_house
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
PERIOD = "/desk/figures/?year=2026"


@pytest.fixture
def house(db):
    rng, house = random.Random(11), build_house()
    for plot in counting.PLOTS * 4:
        counting.tell(house, rng, plot)
    recount_dirty(most=20)
    return house


@pytest.fixture
def sit(visitor, live_server, house):
    """Return ``sit("desk")``: a page of the chief."""

    def seated(size, **options):
        page = visitor(size, **options)
        cookie = session_of(house.people["chief"]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_figures_open_the_list_behind_them(sit, axe, screenshot, size, script):
    page = sit(size, java_script_enabled=script)
    page.goto(PERIOD)
    cards = page.locator("dl.figures .figure")
    expect(cards).to_have_count(5)
    if script:
        axe(page)
        screenshot(page, f"figures-{size}")
    told = cards.filter(has_text="说事").locator(".big").inner_text()

    cards.filter(has_text="说事").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/behind/.*of=raised"))
    expect(page.get_by_text(f"共{told}件")).to_be_visible()
    if script:
        axe(page)
        screenshot(page, f"figures-behind-{size}")

    page.get_by_role("link", name="回到统计").click()
    page.locator("[name=part]").select_option("9")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("heading", name="2026年九月")).to_be_visible()


@pytest.fixture(autouse=True)
def refusals(watch):
    watch.expect(422)


def test_nothing_is_wider_than_a_phone(sit):
    page = sit("phone")
    page.goto(PERIOD)

    assert overflow(page) <= 0


def test_figures_on_paper(sit, screenshot):
    page = sit("desk")
    page.emulate_media(media="print")
    page.goto(PERIOD)

    expect(page.get_by_role("button", name="筛选")).to_be_hidden()
    screenshot(page, "figures-print")
