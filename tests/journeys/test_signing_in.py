"""A person at work signs in, minds the password, and leaves."""

import re

import pytest
from playwright.sync_api import expect

from shuoshi.accounts.actions.people import enter_person


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def looks(settings):
    """Open the site of the components: the desk behind the door is an invented one."""
    settings.ROOT_URLCONF = "tests.common.looks.urls"


def sign_in(page, password):
    page.get_by_label("登录名").fill("liu")
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in(visitor, watch, axe, screenshot, scripts):
    watch.expect(422)
    enter_person("liu", name="刘芳", password="a long sentence of mine")
    page = visitor("desk", java_script_enabled=scripts)

    page.goto("/accounts/password/")
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
    sign_in(page, "wrong")
    expect(page.locator(".field .error")).to_contain_text("登录名或者密码不对")
    if scripts:
        screenshot(page, "signing-in-refused")
        axe(page)
    sign_in(page, "a long sentence of mine")
    expect(page).to_have_url(re.compile("/accounts/password/$"))

    page.get_by_label("现在的密码").fill("wrong")
    page.get_by_role("button", name="修改密码").click()
    expect(page.locator(".field .error").first).to_contain_text("现在的密码不对")
    if scripts:
        # Only the form was swapped, and the reader stands at what is wrong.
        expect(page.get_by_role("alert")).to_be_focused()
        screenshot(page, "password-refused")
        axe(page)
    page.get_by_label("现在的密码").fill("a long sentence of mine")
    page.get_by_label("新密码", exact=False).first.fill("another sentence I keep")
    page.get_by_label("再输一遍新密码").fill("another sentence I keep")
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_text("密码已经修改")).to_be_visible()

    page.goto("/looks/desk/")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
