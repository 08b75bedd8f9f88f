"""Hand one message to the other side of a road."""

import json
import re
import smtplib
from datetime import datetime
from typing import Final
from urllib.parse import quote_plus

import httpx
from django.conf import settings
from django.core.mail import EmailMessage

from shuoshi.notices.rules.gateway import Gateway
from shuoshi.notices.rules.roads import AddressGone, Road, RoadAway, RoadClosed
from shuoshi.platforms.actions.sending import send_text
from shuoshi.platforms.rules.failures import (
    PlatformAway,
    PlatformOff,
    PlatformRefused,
)
from shuoshi.platforms.rules.setup import PLATFORMS


# Seconds. A road that takes longer is away.
PATIENCE: Final = 8
UNWANTED: Final = {400, 404, 410, 422}


def send_on(road: str, address: str, text: str, *, now: datetime) -> None:
    """
    Hand over one message; it is taken when this returns.

    :raises RoadClosed: if the road is not set up.
    :raises RoadAway: if the other side is away, slow or busy.
    :raises AddressGone: if it refuses this address for good.
    """
    gateway: Gateway | None = settings.SHUOSHI_SMS
    if road == Road.SMS and gateway is not None:
        _send_sms(gateway, address, text)
    elif road == Road.EMAIL and settings.EMAIL_HOST:
        _send_mail(address, text)
    elif road in PLATFORMS:
        _write_on(road, address, text, now)
    else:
        raise RoadClosed


def _write_on(platform: str, address: str, text: str, now: datetime) -> None:
    try:
        send_text(platform, address, text, clock=lambda: now)
    except PlatformOff:
        raise RoadClosed from None
    except PlatformAway as away:
        raise RoadAway(str(away)) from None
    except PlatformRefused as refused:
        raise AddressGone(str(refused)) from None


def _send_sms(gateway: Gateway, phone: str, text: str) -> None:
    body = _filled(gateway.body, phone, text)
    is_json = gateway.body.lstrip().startswith("{")
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    try:
        answer = httpx.post(
            gateway.url,
            content=body.encode(),
            headers={"Content-Type": kind, **gateway.headers},
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=False,
        )
    except httpx.HTTPError as failure:
        raise RoadAway(type(failure).__name__) from None
    if answer.status_code in UNWANTED:
        raise AddressGone(f"HTTP {answer.status_code}")
    if not answer.is_success:
        raise RoadAway(f"HTTP {answer.status_code}")
    if gateway.taken and not re.search(gateway.taken, answer.text):
        # It answers, and did not take it: a code that only its operator understands.
        raise RoadAway("not taken")


def _filled(template: str, phone: str, text: str) -> str:
    """Return the body that the gateway wants, as safe JSON or as a form."""
    if template.lstrip().startswith("{"):
        safe = {"phone": json.dumps(phone)[1:-1], "text": json.dumps(text)[1:-1]}
    else:
        safe = {"phone": quote_plus(phone), "text": quote_plus(text)}
    return re.sub(r"\{(phone|text)\}", lambda found: safe[found[1]], template)


def _send_mail(address: str, text: str) -> None:
    subject, _comma, _rest = text.partition("，")
    try:
        EmailMessage(subject, text, None, [address]).send()
    except smtplib.SMTPRecipientsRefused:
        raise AddressGone("SMTPRecipientsRefused") from None
    except (smtplib.SMTPException, OSError) as failure:
        raise RoadAway(type(failure).__name__) from None
