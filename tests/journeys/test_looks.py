"""Every component, on a site of its own, as people of all kinds of screens see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "desk/",
    "desk/?wrong",
    "table/",
    "table/?rows=0",
    "figures/",
    "phone/",
    "phone/?wrong",
    "deskform/?wrong",
    "sheet/",
]
SCREENS = {
    "phone": {"width": 360, "height": 740},
    "tablet": {"width": 768, "height": 1024},
    "desk": {"width": 1366, "height": 768},
}


@pytest.fixture(autouse=True)
def looks(settings):
    """Open the site of the components instead of the house's own."""
    settings.ROOT_URLCONF = "tests.common.looks.urls"


def name_of(path):
    return re.sub(r"\W+", "-", path).strip("-")


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_looks_fit_every_screen(visitor, axe, screenshot, size, path):
    page = visitor("desk")
    page.set_viewport_size(SCREENS[size])

    page.goto(f"/looks/{path}")

    screenshot(page, f"looks-{name_of(path)}-{size}")
    assert overflow(page) <= 0
    axe(page)


@pytest.mark.parametrize("path", ["desk/", "phone/?wrong", "table/"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_looks_bear_large_type(visitor, axe, screenshot, live_server, size, path):
    page = visitor("desk")
    page.set_viewport_size(SCREENS[size])
    cookie = {"name": "shuoshi_type", "value": "large", "url": live_server.url}
    page.context.add_cookies([cookie])

    page.goto(f"/looks/{path}")

    screenshot(page, f"looks-{name_of(path)}-{size}-large")
    expect(page.locator("html")).to_have_class("large")
    assert overflow(page) <= 0
    axe(page)


def test_looks_at_twice_the_size(visitor, axe):
    page = visitor("desk")
    page.set_viewport_size({"width": 683, "height": 384})

    page.goto("/looks/deskform/?wrong")

    assert overflow(page) <= 0
    axe(page)


def test_looks_long_table_keeps_its_head(desk):
    desk.goto("/looks/table/?rows=500")
    desk.locator("main tbody tr").last.scroll_into_view_if_needed()

    expect(desk.locator("main thead th").first).to_be_in_viewport()


def test_looks_print_without_the_frame(desk):
    desk.emulate_media(media="print")

    desk.goto("/looks/desk/")

    expect(desk.locator("header.desk-top")).to_be_hidden()
    expect(desk.locator("nav.desk-zones")).to_be_hidden()
    expect(desk.locator("h1")).to_be_visible()


def test_looks_one_sheet_is_one_page(desk):
    desk.goto("/looks/sheet/")

    assert len(re.findall(rb"/Type /Page\b", desk.pdf(prefer_css_page_size=True))) == 1


def test_keys_lead_through_the_desk(desk):
    desk.goto("/looks/desk/")

    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("登记说事")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    # The dialog gives the focus back after it is gone.
    desk.locator("main").focus()
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    desk.get_by_role("searchbox").press("n")
    expect(desk.get_by_role("searchbox")).to_have_value("n")
    desk.locator("main").focus()
    desk.keyboard.press("n")
    expect(desk).to_have_url(re.compile("#register$"))
    desk.keyboard.press("g")
    desk.keyboard.press("t")
    expect(desk).to_have_url(re.compile("#inbox$"))


def test_keys_can_be_switched_off(desk):
    desk.goto("/looks/desk/")

    desk.keyboard.press("?")
    desk.get_by_label("使用单键快捷键").uncheck()
    desk.get_by_role("button", name="关闭").click()
    desk.keyboard.press("n")

    expect(desk).not_to_have_url(re.compile("#register$"))


def test_skip_link_comes_first(desk):
    desk.goto("/looks/table/")

    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="跳到正文")).to_be_focused()
    desk.keyboard.press("Enter")

    expect(desk.locator("main")).to_be_focused()


def test_error_summary_takes_the_reader_to_the_field(phone):
    phone.goto("/looks/phone/?wrong")

    expect(phone.get_by_role("alert")).to_be_focused()
    field = phone.get_by_role("textbox", name="什么事")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute(
        "aria-describedby", "id_title_helptext id_title_error"
    )


def test_receipt_comes_from_the_code_and_leaves_the_address(phone):
    phone.goto("/looks/phone/#1234567890123456")

    expect(phone.get_by_label("回执号", exact=True)).to_have_value(
        "1234 5678 9012 3456"
    )
    assert "#" not in phone.url


def test_chosen_files_are_named(phone):
    phone.goto("/looks/phone/")

    phone.get_by_label("照片").set_input_files(
        [{"name": "热水.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 1048576}]
    )

    expect(phone.get_by_text("热水.jpg（1.0 MB）")).to_be_visible()


def test_unsent_words_are_guarded(phone):
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    phone.goto("/looks/phone/")
    phone.get_by_role("textbox", name="什么事").fill("更衣室没有热水")

    phone.goto("/looks/desk/")

    assert "beforeunload" in asked


def test_type_and_language_without_a_script(visitor, axe):
    page = visitor("phone", java_script_enabled=False)
    page.goto("/looks/phone/")

    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class("large")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_class("large")


@pytest.mark.parametrize("path", ["/nowhere/", "/looks/breaks/"])
def test_errors_say_what_to_do(visitor, watch, axe, path):
    watch.expect(404, 500)
    page = visitor("phone")

    page.goto(path)

    expect(page.get_by_role("link", name="回到首页")).to_be_visible()
    axe(page)
