from datetime import UTC, datetime

import pytest

from shuoshi.platforms.actions import asking
from shuoshi.platforms.actions.media import fetch_media
from shuoshi.platforms.actions.sending import send_text
from shuoshi.platforms.rules.failures import (
    PlatformAway,
    PlatformOff,
    PlatformRefused,
)
from shuoshi.platforms.rules.setup import QQ, WECHAT, WECOM


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
CUSTOM = "/cgi-bin/message/custom/send"
TEMPLATE = "/cgi-bin/message/template/send"


def send(platform, address="user-1"):
    send_text(platform, address, "有新情况", clock=lambda: NOW)


def test_each_platform_in_its_own_form(fake):
    send(WECHAT)
    send(WECOM)
    send(QQ)
    send(QQ, "group:g-1:m-1")
    send(QQ, "user:user-1:m-2")

    sent = [(path, body) for path, _query, body in fake.asked if "oken" not in path]
    assert sent == [
        (
            CUSTOM,
            {"touser": "user-1", "msgtype": "text", "text": {"content": "有新情况"}},
        ),
        (
            "/cgi-bin/message/send",
            {
                "touser": "user-1",
                "agentid": "1000002",
                "msgtype": "text",
                "text": {"content": "有新情况"},
            },
        ),
        ("/v2/users/user-1/messages", {"content": "有新情况", "msg_type": 0}),
        (
            "/v2/groups/g-1/messages",
            {"content": "有新情况", "msg_type": 0, "msg_id": "m-1"},
        ),
        (
            "/v2/users/user-1/messages",
            {"content": "有新情况", "msg_type": 0, "msg_id": "m-2"},
        ),
    ]


def test_after_two_days_only_a_template_is_sent(fake):
    fake.answers[CUSTOM] = (200, {"errcode": 45015})
    send(WECHAT)

    assert fake.paths()[-1] == TEMPLATE
    assert fake.told()["template_id"] == "template-1"


def test_a_token_that_ended_is_fetched_anew_once(fake):
    fake.answers[CUSTOM] = (200, {"errcode": 42001})

    with pytest.raises(PlatformAway, match="token"):
        send(WECHAT)

    assert fake.tokens == 2


@pytest.mark.parametrize(
    ("platform", "path", "answer", "failure"),
    [
        (WECHAT, CUSTOM, (200, {"errcode": 40003}), PlatformRefused),
        (WECHAT, CUSTOM, (200, {"errcode": 43004}), PlatformRefused),
        (WECHAT, CUSTOM, (200, {"errcode": -1}), PlatformAway),
        # A fault of the set-up, or one that nobody knows, is no fault of the address.
        (WECHAT, CUSTOM, (200, {"errcode": 48001}), PlatformAway),
        (WECHAT, CUSTOM, (200, {"errcode": 99999}), PlatformAway),
        (WECHAT, CUSTOM, (200, {"errcode": 50002}), PlatformAway),
        (QQ, "/v2/users/user-1/messages", (403, {}), PlatformAway),
        (QQ, "/v2/users/user-1/messages", (400, {}), PlatformAway),
        (WECHAT, CUSTOM, (200, {"errcode": 45009}), PlatformAway),
        (WECHAT, CUSTOM, (200, {"no": "code"}), PlatformAway),
        (WECHAT, CUSTOM, (502, {}), PlatformAway),
        (
            WECOM,
            "/cgi-bin/message/send",
            (200, {"errcode": 0, "invaliduser": "user-1"}),
            PlatformRefused,
        ),
        (QQ, "/v2/users/user-1/messages", (404, {}), PlatformRefused),
        (QQ, "/v2/users/user-1/messages", (429, {}), PlatformAway),
        (QQ, "/v2/users/user-1/messages", (401, {}), PlatformAway),
        (QQ, "/v2/users/user-1/messages", (503, {}), PlatformAway),
    ],
)
def test_what_went_wrong_is_told_apart(fake, platform, path, answer, failure):
    fake.answers[path] = answer

    with pytest.raises(failure):
        send(platform)


def test_a_platform_that_sleeps_is_away(fake, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    fake.open.clear()

    with pytest.raises(PlatformAway, match="ReadTimeout"):
        send(WECHAT)


def test_a_house_that_is_not_there_says_so():
    with pytest.raises(PlatformOff):
        send(WECHAT)


def test_a_picture_is_fetched(fake):
    fake.answers["/cgi-bin/media/get"] = (200, b"\x89PNG picture")

    assert fetch_media(WECHAT, "media-1", clock=lambda: NOW) == b"\x89PNG picture"
    assert fake.asked[-1][1]["media_id"] == ["media-1"]


def test_what_drips_is_away(fake, monkeypatch):
    monkeypatch.setattr(asking, "WHOLE", -1)

    with pytest.raises(PlatformAway, match="dripping"):
        send(WECHAT)


@pytest.mark.parametrize("signs", [1999, 2000, 700, 5000])
def test_a_long_answer_is_cut_between_two_signs(fake, signs):
    send_text(WECHAT, "user-1", "字" * signs, clock=lambda: NOW)

    told = fake.told()["text"]["content"]
    assert len(told.encode()) <= 2000
    assert set(told.rstrip("…")) == {"字"}
    assert told.endswith("…") == (signs * 3 > 2000)


def test_a_picture_waits_out_a_token_that_ended(fake):
    media = "/cgi-bin/media/get"
    fake.answers[media] = (200, {"errcode": 42001})

    with pytest.raises(PlatformAway):
        fetch_media(WECHAT, "media-1", clock=lambda: NOW)
    fake.answers[media] = (200, b"\x89PNG picture")

    assert fetch_media(WECHAT, "media-1", clock=lambda: NOW) == b"\x89PNG picture"
    assert fake.tokens == 3


@pytest.mark.parametrize("answer", [(429, {}), (302, {}), (200, {"errcode": 45009})])
def test_a_picture_is_asked_for_again_later(fake, answer):
    fake.answers["/cgi-bin/media/get"] = answer

    with pytest.raises(PlatformAway):
        fetch_media(WECHAT, "media-1", clock=lambda: NOW)


def test_a_picture_that_is_gone_is_refused(fake):
    fake.answers["/cgi-bin/media/get"] = (200, {"errcode": 40007})

    with pytest.raises(PlatformRefused):
        fetch_media(WECHAT, "media-1", clock=lambda: NOW)
