"""Somebody speaks up on a phone, comes back with the receipt, and rates the answer."""

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from shuoshi.matters.actions.raising import receipt_digest
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.states import State
from tests.channels.spoken import Spoken, on_duty_now
from tests.files.samples import picture
from tests.matters.house import Story, answers, build_house
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
PLACES = ["with a script", "without a script"]


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    names = {"one": "机电队", "party": "党群工作部", "two": "后勤服务中心"}
    for short, name in names.items():
        house.units[short].name = name
        house.units[short].save()
    house.people["receiver"].name = "李秀兰"
    house.people["receiver"].save()
    return house


def receipt_on(page):
    return re.sub(r"\D", "", page.locator(".receipt .code").inner_text())


def follow(page, receipt):
    page.goto("/progress/")
    page.get_by_label("回执号", exact=False).fill(receipt)
    page.get_by_role("button", name="查看").click()


def answered(house, receipt):
    """Let the people who work do their part."""
    story = Story.__new__(Story)
    story.house, story.now = house, now()
    story.matter = Matter.objects.get(receipt_digest=receipt_digest(receipt))
    story.triaged().take("accept", "head", handler=house.people["handler"])
    story.take(
        "report_progress",
        "handler",
        progress="新锅炉已经订货，周五到矿。",
        tell_speaker=True,
    )
    return story.take("answer", "handler", answers=answers(story.matter))


def fill_in(page):
    text = "更衣室晚班没有热水，已经一个星期了，夜班洗不上澡。"
    page.get_by_label("发生了什么事").fill(text)
    page.get_by_label("希望怎样解决").fill("晚上加开一小时热水")
    page.locator("summary").first.click()
    page.get_by_label("还希望解决").first.fill("把2号炉修好")
    photo = {"name": "热水炉.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.get_by_label("照片").set_input_files([photo])
    page.get_by_label("归哪个单位管").select_option(label="机电队")
    page.get_by_role("radio", name="匿名").check()


def rate(page):
    for place in (1, 2):
        page.locator(f"[name=ratings-{place}-solved][value=yes]").check()
        page.locator(f"[name=ratings-{place}-grade][value=VERY_SATISFIED]").check()
    page.get_by_role("button", name="评价").click()


@pytest.fixture
def look(axe, screenshot):
    """Look at a page by eye and by axe; without a script axe itself cannot run."""

    def look(page, name, *, script=True):
        if script:
            screenshot(page, f"speak-{name}")
            assert overflow(page) <= 0
            axe(page)

    return look


@pytest.mark.parametrize("script", [True, False], ids=PLACES)
def test_speak_follow_and_rate(visitor, house, look, script):
    page = visitor("phone", java_script_enabled=script)

    page.goto("/")
    look(page, "1-home", script=script)
    page.get_by_role("link", name="我要说事").click()
    look(page, "2-empty", script=script)
    fill_in(page)
    if script:
        expect(page.get_by_role("textbox", name="姓名")).to_be_hidden()
    look(page, "3-filled", script=script)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="您的事已经接了")).to_be_visible()
    receipt = receipt_on(page)
    assert receipt not in page.url
    look(page, "4-receipt", script=script)

    follow(page, receipt)
    expect(page.get_by_text("正在分办")).to_be_visible()
    look(page, "5-received", script=script)

    answered(house, receipt)
    follow(page, receipt)
    expect(page.get_by_text("新锅炉已经订货")).to_be_visible()
    look(page, "6-answered", script=script)
    rate(page)
    expect(page.get_by_text("已经办妥：评价")).to_be_visible()
    look(page, "7-rated", script=script)

    assert Matter.objects.get().state == State.CLOSED
    assert not page.context.cookies()


def test_a_refusal_loses_nothing(phone, watch, house, axe, screenshot):
    watch.expect(422)
    phone.goto("/speak/")
    phone.get_by_label("发生了什么事").fill("更衣室晚班没有热水")

    phone.get_by_role("button", name="提交").click()

    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_label("发生了什么事")).to_have_value("更衣室晚班没有热水")
    expect(phone.get_by_role("textbox", name="姓名")).to_have_attribute(
        "aria-invalid", "true"
    )
    screenshot(phone, "speak-refused")
    axe(phone)


def test_a_wrong_receipt_is_told_so(phone, watch, house, axe, screenshot):
    watch.expect(422)

    follow(phone, "1234567890123456")

    expect(phone.get_by_text("请核对号码").first).to_be_visible()
    screenshot(phone, "speak-wrong-receipt")
    axe(phone)


def test_the_code_on_the_receipt_fills_in_the_digits(phone, house):
    story = Spoken(house)

    phone.goto(f"/progress/#{story.receipt}")

    shown = re.compile(" ".join(["[0-9]{4}"] * 4))
    expect(phone.get_by_label("回执号", exact=False)).to_have_value(shown)
    assert story.receipt not in phone.url


@pytest.mark.parametrize(
    "end", ["decline", "merge", "hand_to_discipline", "suspend", "review"]
)
def test_other_ends_are_told(phone, house, axe, screenshot, end):
    main = Spoken(house)
    story = Spoken(house)
    if end == "decline":
        story.take(
            "decline",
            "receiver",
            ground="LAW_COURTS",
            reason="这件事已经在区劳动仲裁委受理。",
            other_road="请到区劳动仲裁委，找立案窗口，带上工资条。",
        )
    elif end == "merge":
        main.handling()
        story.take("merge", "receiver", into=main.matter, reason="同一件事")
    elif end == "hand_to_discipline":
        story.take("hand_to_discipline", "receiver", reason="检举")
    elif end == "suspend":
        story.handling().take(
            "suspend",
            "leader",
            reason="配件要从外地发来。",
            until=story.now.date().replace(year=story.now.year + 1),
        )
    else:
        story.closed().take("ask_review", "speaker", reason="水还是凉的")

    follow(phone, story.receipt)

    expect(phone.get_by_role("heading", level=1)).to_contain_text(story.matter.number)
    screenshot(phone, f"speak-end-{end}")
    assert overflow(phone) <= 0
    axe(phone)


def test_the_receipt_prints_on_one_sheet(desk, house):
    desk.goto("/speak/")
    desk.get_by_label("发生了什么事").fill("更衣室晚班没有热水")
    desk.get_by_role("radio", name="匿名").check()
    desk.get_by_role("button", name="提交").click()

    expect(desk.locator(".receipt")).to_be_visible()
    assert len(re.findall(rb"/Type /Page\b", desk.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.parametrize("path", ["/", "/speak/", "/progress/"])
def test_the_desk_and_large_type_bear_it(
    visitor, house, axe, screenshot, live_server, path
):
    page = visitor("phone")
    cookie = {"name": "shuoshi_type", "value": "large", "url": live_server.url}
    page.context.add_cookies([cookie])

    page.goto(path)

    screenshot(page, f"speak-large-{path.strip('/') or 'home'}")
    assert overflow(page) <= 0
    axe(page)
