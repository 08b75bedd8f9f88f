"""Pages of what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from shuoshi.common import views
from shuoshi.common.refusals import NotPermitted


@pytest.fixture(autouse=True)
def looks(settings):
    settings.ROOT_URLCONF = "tests.common.looks.urls"


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.bad_request, 400, "看不懂这个请求"),
        (views.forbidden, 403, "您的岗位不能做这件事。"),
        (views.not_found, 404, "没有这一页"),
    ],
)
def test_errors_say_what_to_do(rf, view, status, words):
    answer = view(rf.get("/"), PermissionDenied("inner words"))

    assert answer.status_code == status
    assert words in answer.text
    assert "回到首页" in answer.text
    assert "inner words" not in answer.text


def test_forbidden_uses_the_words_of_the_refusal(rf):
    answer = views.forbidden(rf.get("/"), NotPermitted("只有首接人可以撤回。"))

    assert "只有首接人可以撤回。" in answer.text


def test_broken_needs_neither_request_nor_database(rf):
    answer = views.broken(rf.get("/"))

    assert answer.status_code == 500
    assert "什么也没有改动" in answer.text


def test_stale_form_says_how_to_send_again():
    answer = Client(enforce_csrf_checks=True).post("/accounts/sign-out/")

    assert answer.status_code == 403
    assert "页面放得太久了" in answer.text
