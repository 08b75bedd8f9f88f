"""Somebody speaks on a phone that others use too: what they find afterwards is nothing."""

import os
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect
from tools.browser import find_browser

from shuoshi.matters.models import Matter
from tests.channels.spoken import on_duty_now
from tests.files.samples import picture
from tests.journeys.test_speak import follow, receipt_on
from tests.matters.house import build_house
from tests.support.pages import SIZES


pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "掘进二队的风筒破了半个月没人换qzv7"
SETTLING = 500
PLACE = "北翼三号联络巷qzv8"


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


@pytest.fixture
def shared_phone(playwright, live_server, profile, watch):
    """A phone that keeps its profile on disk, as phones do."""
    browser = find_browser()

    def opened():
        context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=browser.executable,
            args=browser.args,
            env={**os.environ, **browser.env},
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **SIZES["phone"],
        )
        context.set_default_timeout(10_000)
        return watch.over(context)

    return opened


def speak(page):
    page.goto("/")
    page.goto("/speak/")
    page.get_by_label("发生了什么事").fill(WORDS)
    page.get_by_label("地点").fill(PLACE)
    photo = {"name": "风筒qzv9.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.get_by_label("照片").set_input_files([photo])
    page.get_by_role("radio", name="匿名").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="您的事已经接了")).to_be_visible()
    return receipt_on(page)


def shown(page):
    """Return whatever could be read on the page, what stands in its fields included."""
    return page.evaluate(
        "document.documentElement.innerText + [...document.querySelectorAll("
        "'input,textarea')].map((one) => one.value).join()"
    )


def go_back(page):
    """Press Back as a hand does, and look once the page has come to rest."""
    # Chromium answers a form that it did not keep with a page of its own.
    with suppress(Error):
        page.go_back(wait_until="load")
    page.wait_for_timeout(SETTLING)


def told_by(page, words):
    seen = shown(page)
    return [word for word in words if word in seen]


@pytest.mark.parametrize("leaving", ["by the button", "by the address"])
def test_back_shows_nothing_of_what_was_said(shared_phone, live_server, house, leaving):
    context = shared_phone()
    page = context.pages[0]
    receipt = speak(page)
    grouped = " ".join(receipt[at : at + 4] for at in range(0, 16, 4))
    follow(page, receipt)
    expect(page.get_by_role("heading", name="的进度")).to_be_visible()
    number = Matter.objects.get().number
    words = [WORDS, PLACE, receipt, grouped, number]
    assert told_by(page, words)

    if leaving == "by the button":
        page.get_by_role("link", name="快速离开").click()
        page.wait_for_url("**/")
    else:
        page.goto("/")

    been = set()
    for _time in range(6):
        assert told_by(page, words) == []
        go_back(page)
        been.add(page.url)
    assert told_by(page, words) == []
    # It did go back, to where all that was written.
    assert {page_url.rpartition(live_server.url)[2] for page_url in been} >= {
        "/speak/",
        "/progress/",
    }
    context.close()


def look_everywhere(page, receipt):
    """See my information, the progress, and the check of the record."""
    page.goto("/progress/own/")
    page.get_by_label("回执号", exact=False).fill(receipt)
    page.get_by_role("button", name="查看").click()
    # With its number: the page that asks for the receipt is called alike.
    expect(page.get_by_role("heading", name="：我的信息")).to_be_visible()
    follow(page, receipt)
    expect(page.get_by_role("heading", name="的进度")).to_be_visible()
    page.get_by_role("button", name="核对我的记录").click()
    expect(page.get_by_role("button", name="回到进度")).to_be_visible()


def test_the_check_and_my_information_leave_as_little(shared_phone, house):
    context = shared_phone()
    page = context.pages[0]
    receipt = speak(page)
    look_everywhere(page, receipt)
    words = [WORDS, PLACE, receipt, Matter.objects.get().number]

    page.goto("/")

    for _time in range(7):
        assert told_by(page, words) == []
        go_back(page)
    context.close()


def on_disk(profile, words):
    wanted = [word.encode(how) for word in words for how in ("utf-8", "utf-16-le")]
    return sorted(
        {
            str(file.relative_to(profile))
            for file in profile.rglob("*")
            if file.is_file()
            if any(word in file.read_bytes() for word in wanted)
        }
    )


def test_the_profile_on_disk_holds_no_word_and_no_receipt(shared_phone, profile, house):
    context = shared_phone()
    page = context.pages[0]
    receipt = speak(page)
    grouped = " ".join(receipt[at : at + 4] for at in range(0, 16, 4))
    look_everywhere(page, receipt)
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    cookies = context.cookies()
    context.close()

    assert kept == [0, 0]
    assert cookies == []
    assert (profile / "Default").is_dir()
    words = [WORDS, PLACE, receipt, grouped, Matter.objects.get().number]
    assert on_disk(profile, words) == []
