"""Who reads English finds nothing Chinese on a page, and nothing cut off."""

import re

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from shuoshi.accounts.models import User
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.rules.answers import ClaimAnswer
from shuoshi.org.models import Category, Mine, Post, Unit
from tests.journeys.desk import session_of
from tests.matters.house import Story, build_house
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
# All that the test writes itself is English; the wide star stands for a hidden number.
CHINESE_LEFT = """() => {
    const chinese = /[\\u3000-\\u301f\\u3400-\\u9fff\\uff01-\\uff09\\uff0b-\\uffef]/;
    const said = [document.title];
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) said.push(all.currentNode.textContent);
    for (const one of document.querySelectorAll("*"))
        for (const name of ["aria-label", "placeholder", "title", "alt", "data-busy"])
            said.push(one.getAttribute(name) || "");
    return said.map(words => words.trim())
        .filter(words => chinese.test(words) && words !== "中文");
}"""
ZONES = ["intake", "triage", "deliberation", "handling", "reply"]


@pytest.fixture
def house():
    """A mine whose own names are English, so that what is Chinese is ours."""
    house = build_house()
    put_on_duty(house.people["receiver"], unit=house.units["party"], day=localdate())
    Mine.objects.update(name="Cloud Ridge")
    Category.objects.update(name="Canteen")
    Post.objects.update(title="Staff")
    for place, unit in enumerate(Unit.objects.all(), start=1):
        Unit.objects.filter(pk=unit.pk).update(name=f"Team {place}")
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=user.username)
    return house


@pytest.fixture
def english(visitor, live_server):
    """Return ``english("desk", somebody)``: a page that asks for English."""

    def arrive(size, person=None):
        page = visitor(size)
        cookies = [{"name": "django_language", "value": "en"}]
        cookies += [session_of(person)] if person else []
        page.context.add_cookies([one | {"url": live_server.url} for one in cookies])
        return page

    return arrive


def read(page, path=None):
    """Go there, and find it English and whole."""
    if path:
        page.goto(path)
    assert page.evaluate(CHINESE_LEFT) == [], page.url
    assert overflow(page) <= 0, page.url


def story(house):
    words = {"text": "The canteen has no hot meals at night.", "name": "Li Ming"}
    return Story(house, now=now(), contact="8123", **words)


def answers(claims):
    facts = "The night shift has a cook again."
    return [ClaimAnswer(one.pk, facts, "SUPPORTED", solved=True) for one in claims]


def test_speaker_reads_english(house, english, watch):
    page = english("phone")
    read(page, "/")
    read(page, "/speak/")

    watch.expect(422)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".field .error").first).to_be_visible()
    read(page)

    page.get_by_label("What happened").fill("The lamp on the stairs is out.")
    page.locator("[name=identity][value=ANONYMOUS]").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".receipt .code")).to_be_visible()
    read(page)

    receipt = re.sub(r"\D", "", page.locator(".receipt .code").inner_text())
    read(page, "/progress/")
    page.get_by_label("Receipt number").fill(receipt)
    page.get_by_role("button", name="Show progress").click()
    expect(page.locator("dl.facts").first).to_be_visible()
    read(page)


def test_whoever_stands_at_the_door_reads_english(house, english):
    page = english("phone")
    places = ["book/", "book/mine/", "rules/", "rules/duty/", "column/", "open-days/"]
    for place in [*places, "wall/"]:
        read(page, f"/{place}")


@pytest.mark.parametrize("who", ["receiver", "coordinator"])
def test_the_room_reads_english(house, english, who):
    page = english("desk", house.people[who])

    for place in ["roster/", "bookings/", "handovers/", "open-days/", "column/"]:
        read(page, f"/desk/{place}")
    for step in page.locator("details.act summary").all():
        step.click()
    read(page)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_worker_reads_english(house, english, size):
    received = story(house).matter
    answered = story(house).handling()
    answered.take("answer", "handler", answers=answers(answered.matter.claims.all()))
    page = english(size, house.people["receiver"])

    for zone in ZONES:
        read(page, f"/desk/zones/{zone}/")
    for place in ["", "ledger/", "search/?q=canteen", "notices/", "register/"]:
        read(page, f"/desk/{place}")
    for matter in (answered.matter, received):
        read(page, f"/desk/matters/{matter.number}/")
    for step in page.locator("details.act summary").all():
        step.click()
    page.wait_for_load_state("networkidle")
    read(page)


def test_leader_reads_english(house, english):
    # Of fewer than five no figure is shown.
    for _ in range(5):
        story(house).handling()
    page = english("desk", house.people["leader"])

    for place in ["", "ledger/", "figures/"]:
        read(page, f"/desk/{place}")
    page.locator("dl.figures a").first.click()
    read(page)
