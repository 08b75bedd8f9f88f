"""The auditor looks the trail through; a speaker checks it against the sheet on the wall."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.audit.actions.verifying import verify_on_record
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.rules.sayings import Saying
from shuoshi.trail.actions import note, note_reading, seal_day
from tests.channels.spoken import on_duty_now
from tests.journeys.desk import session_of
from tests.matters.house import TEXT, build_house
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(db):
    house = build_house()
    on_duty_now(house)
    house.people["receiver"].name = "欧阳诸葛上官司马李秀兰"
    house.people["receiver"].save()
    vouch_for_account(house.people["receiver"])
    return house


@pytest.fixture
def spoken(house):
    """A named matter that was read, sealed yesterday."""
    yesterday = now() - timedelta(days=1)
    saying = Saying(text=TEXT, identity="NAMED", name="张三丰", contact="138")
    spoken = raise_matter(saying, mine_id=house.mine.pk, channel="WEB", now=yesterday)
    for who in ("receiver", "coordinator", "head", "chief") * 15:
        by = house.standing(who).on_record
        note_reading(
            mine_id=house.mine.pk,
            about=spoken.matter.uid,
            field="speaker",
            by=by,
            at=yesterday,
            why="sheet",
        )
    note("accounts.signed_in", by=by, at=yesterday, mine_id=house.mine.pk)
    seal_day(localdate(yesterday), now=now())
    verify_on_record(now=now())
    return spoken


@pytest.fixture
def sit(visitor, live_server, house):
    def seated(size, who):
        page = visitor(size)
        cookie = session_of(house.people[who]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_auditor_looks_the_trail_through(sit, spoken, axe, screenshot, size):
    page = sit(size, "auditor")
    page.goto("/audit/")
    # The frame is there: the way to the office, and out.
    expect(page.get_by_role("link", name="管理").first).to_be_visible()
    expect(page.locator(".table tbody tr")).to_have_count(50)
    axe(page)
    screenshot(page, f"audit-{size}")
    assert overflow(page) <= 0
    page.get_by_label("做了什么").select_option("SIGN_IN")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".table tbody tr")).to_have_count(1)
    page.goto("/audit/?who=nobody")
    expect(page.get_by_text("没有这样的记录")).to_be_visible()
    page.goto("/audit/seals/")
    expect(page.get_by_text("没有被动过")).to_be_visible()
    axe(page)
    screenshot(page, f"seals-{size}")
    assert overflow(page) <= 0


def test_the_speaker_checks_against_the_sheet_on_the_wall(
    phone, sit, spoken, axe, screenshot
):
    wall = sit("desk", "receiver")
    wall.goto("/desk/")
    wall.get_by_role("link", name="打印值班单").click()
    axe(wall)
    screenshot(wall, "duty-sheet")
    on_paper = wall.locator(".seal-digits").inner_text().split()
    assert len(wall.pdf(prefer_css_page_size=True)) > 1000

    phone.goto("/progress/")
    phone.get_by_label("回执号", exact=False).fill(spoken.receipt)
    phone.get_by_role("button", name="查看").click()
    phone.get_by_role("button", name="核对我的记录").click()

    expect(phone.get_by_text("相符：您这件事的记录")).to_be_visible()
    assert phone.locator(".seal-digits").inner_text().split() == on_paper
    assert len("".join(on_paper)) == 64
    expect(phone.get_by_text("首问人coordinator某")).to_be_visible()
    axe(phone)
    screenshot(phone, "check-phone")
    assert overflow(phone) <= 0
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="下载凭据").click()
    assert saved.value.suggested_filename.endswith("-proof.json")
