"""A second factor in a real browser: the authenticator that a post demands, and a passkey."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from shuoshi.accounts.actions.people import change_password
from shuoshi.accounts.rules.totp import code_at, step_at
from tests.matters.house import build_house
from tests.support.pages import SIZES


pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long sentence of mine"


@pytest.fixture
def receiver(transactional_db):
    person = build_house().people["receiver"]
    change_password(person, password=PASSWORD, now=now())
    return person


def sign_in(page, person):
    page.goto("/accounts/sign-in/")
    page.get_by_label("登录名").fill(person.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")


def enrol(page):
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(code_at(secret, step_at(now())))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="记下恢复码")).to_be_visible()


def test_an_authenticator_is_made_before_anything_else(desk, receiver, axe, screenshot):
    desk.set_default_timeout(60_000)
    sign_in(desk, receiver)
    expect(desk.get_by_role("heading", name="先启用第二重验证")).to_be_visible()
    screenshot(desk, "second-factor-enrol")
    axe(desk)

    enrol(desk)
    screenshot(desk, "second-factor-codes")
    axe(desk)
    desk.get_by_role("link", name="记好了，继续").click()

    expect(desk).to_have_url(re.compile("/desk/$"))
    desk.goto("/accounts/")
    screenshot(desk, "account")
    axe(desk)


def test_a_passkey_of_a_real_browser(new_context, live_server, receiver, settings):
    # A passkey belongs to a name: an address of figures has none.
    port = urlsplit(live_server.url).port
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    context = new_context(base_url=f"http://localhost:{port}", **SIZES["desk"])
    context.set_default_timeout(60_000)
    page = context.new_page()
    browser = context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    sign_in(page, receiver)
    enrol(page)

    page.goto("/accounts/factors/passkey/")
    page.get_by_label("给它起个名字").fill("办公室电脑")
    page.get_by_role("button", name="在这台设备上添加").click()
    expect(page.get_by_text("通行密钥已经加上")).to_be_visible()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()

    page.get_by_role("link", name="用通行密钥登录").click()
    page.get_by_role("button", name="开始验证").click()

    expect(page).to_have_url(re.compile("/desk/$"))
