"""The wall: turns by itself, outlives the server, and runs for weeks without growing."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Turn
from tests.channels.spoken import on_duty_now
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db(transaction=True)
HOURS = 14 * 24
COUNT = "document.getElementsByTagName('*').length"


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def wall(visitor, house):
    page = visitor("wall")
    page.clock.install()
    page.goto("/wall/")
    return page


def heading(page):
    return page.locator("[data-page]:not([hidden]) > h2")


def test_it_turns_by_itself(wall, axe, screenshot):
    expect(heading(wall)).to_contain_text("今日值班")
    screenshot(wall, "wall-duty")
    axe(wall)

    wall.clock.run_for(15_000)

    expect(heading(wall)).to_contain_text("说事情况")
    screenshot(wall, "wall-figures")
    axe(wall)
    wall.clock.run_for(15_000)
    expect(heading(wall)).to_have_text("说事制度")
    screenshot(wall, "wall-rule")


def test_what_changes_appears_by_itself(wall, house):
    Turn.objects.all().delete()
    put_on_duty(house.people["head"], unit=house.units["one"], day=localdate())

    wall.clock.run_for(60_000)

    expect(wall.get_by_text("head某")).to_have_count(1)


def test_it_keeps_what_it_has_while_the_server_is_away(wall, house, watch, screenshot):
    watch.expect(503)
    wall.route("**/wall/", lambda route: route.fulfill(status=503, body=""))

    wall.clock.run_for(61_000)

    expect(wall.get_by_text("连不上服务器")).to_be_visible()
    assert wall.get_by_text("receiver某").count() == 1
    screenshot(wall, "wall-stale")

    wall.unroute("**/wall/")
    wall.clock.run_for(60_000)
    expect(wall.get_by_text("连不上服务器")).to_be_hidden()


def test_a_fortnight_does_not_let_it_grow(wall):
    wall.clock.run_for(61_000)
    before = wall.evaluate(COUNT)

    for _hour in range(HOURS):
        wall.clock.fast_forward("01:00:00")
    wall.clock.run_for(61_000)

    assert wall.evaluate(COUNT) == before
    expect(heading(wall)).to_have_count(1)
