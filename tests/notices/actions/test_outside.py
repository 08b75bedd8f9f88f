"""The roads themselves, each with a real other side on loopback."""

import json
import socket
from contextlib import contextmanager
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

from shuoshi.notices.actions import outside
from shuoshi.notices.actions.outside import send_on
from shuoshi.notices.rules.roads import AddressGone, RoadAway, RoadClosed
from tests.notices.factories import NOW
from tests.notices.gateway import gateway


PHONE = "13912345678"


def send(road="SMS", address=PHONE, text='说 "事"\\ &=1'):
    send_on(road, address, text, now=NOW)


def test_json_stays_json_whatever_is_said(sms):
    send()

    assert json.loads(sms.sent[0][0])["content"] == '说 "事"\\ &=1'
    assert sms.sent[0][1]["Content-Type"] == "application/json"


def test_a_form_stays_a_form(settings):
    with gateway("mobile={phone}&content={text}", "X-Key: k", taken="") as (fake, one):
        settings.SHUOSHI_SMS = one
        send()

    body, headers = fake.sent[0]
    assert parse_qs(body) == {"mobile": [PHONE], "content": ['说 "事"\\ &=1']}
    assert headers["X-Key"] == "k"


def test_a_gateway_that_sleeps_is_away(sms, monkeypatch):
    monkeypatch.setattr(outside, "PATIENCE", 0.2)
    sms.paused.clear()

    with pytest.raises(RoadAway, match="ReadTimeout"):
        send()


@pytest.mark.parametrize("road", ["SMS", "EMAIL", "WECHAT", "QQ"])
def test_a_road_that_is_not_set_up_is_closed(settings, road):
    settings.SHUOSHI_SMS, settings.EMAIL_HOST = None, ""

    with pytest.raises(RoadClosed):
        send(road)


class Letters:
    """What the mail server took; it knows nobody called nobody."""

    def __init__(self):
        self.taken = []

    async def handle_RCPT(  # noqa: N802 - as the server calls it
        self, _server, _session, envelope, address, _options
    ):
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as the server calls it
        self, _server, _session, envelope
    ):
        self.taken.append(envelope)
        return "250 OK"


@contextmanager
def mail_server(settings):
    letters = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.DEFAULT_FROM_EMAIL = "room@example.com"
    try:
        yield letters
    finally:
        server.stop()


def test_a_letter_arrives(settings):
    with mail_server(settings) as letters:
        send("EMAIL", "zhang@example.com", "【说事】您有1条新情况，请登录查看。")

    (letter,) = letters.taken
    assert letter.mail_from == "room@example.com"
    assert letter.rcpt_tos == ["zhang@example.com"]
    assert not hasattr(mail, "outbox") or mail.outbox == []


def test_nobody_is_gone_and_a_silent_server_is_away(settings):
    with mail_server(settings), pytest.raises(AddressGone):
        send("EMAIL", "nobody@example.com")

    with pytest.raises(RoadAway):
        send("EMAIL", "zhang@example.com")
