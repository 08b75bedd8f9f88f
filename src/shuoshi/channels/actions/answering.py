"""Take what a platform hands over, once, and answer it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from shuoshi.channels.actions.conversing import converse
from shuoshi.channels.rules.conversing import Heard, Message
from shuoshi.jobs.actions import enqueue
from shuoshi.platforms.actions.receiving import (
    answer_behind,
    forget_answer,
    take_once,
)
from shuoshi.platforms.actions.sending import send_text
from shuoshi.platforms.rules import qq
from shuoshi.platforms.rules.codec import Codec
from shuoshi.platforms.rules.failures import (
    NotGenuine,
    PlatformOff,
    PlatformRefused,
)
from shuoshi.platforms.rules.xml import parsed, written


# A message older than this, or from further ahead, was not sent just now.
FRESH: Final = timedelta(minutes=5)
KINDS: Final = {"text": Heard.TEXT, "image": Heard.PICTURE, "voice": Heard.VOICE}
ANSWERED: Final = {"C2C_MESSAGE_CREATE", "GROUP_AT_MESSAGE_CREATE"}
DISPATCH, VALIDATE = 0, 13
NOTHING: Final = ""


def check_fresh(stamp: str, *, now: datetime) -> None:
    """
    Look at the time that a platform signed (seconds since 1970).

    :raises NotGenuine: if it is not of these minutes.
    """
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise NotGenuine("time")
    if abs(now.timestamp() - int(stamp)) > FRESH.total_seconds():
        raise NotGenuine("time")


def answer_by_xml(
    codec: Codec, platform: str, sealed: str, *, mine_id: int, now: datetime
) -> str:
    """
    Return the answer to a message of WeChat or WeCom, sealed as it wants it; "" for none.

    :raises NotGenuine: if it was not sealed for us.
    """
    fields = parsed(codec.opened(sealed))
    message, number = _heard(platform, fields)
    if message is None:
        return NOTHING
    answered = take_once(
        platform,
        number,
        lambda: converse(message, mine_id=mine_id, now=now),
        now=now,
    )
    if not answered.text:
        return NOTHING
    stamp = str(int(now.timestamp()))
    reply = written(
        {
            "ToUserName": fields.get("FromUserName", ""),
            "FromUserName": fields.get("ToUserName", ""),
            "CreateTime": stamp,
            "MsgType": "text",
            "Content": answered.text,
        }
    )
    return _enveloped(codec, reply, stamp, number)


def _enveloped(codec: Codec, reply: str, stamp: str, number: str) -> str:
    sealed, nonce = codec.sealed(reply), number[-10:]
    return written(
        {
            "Encrypt": sealed,
            "MsgSignature": codec.signed(stamp, nonce, sealed),
            "TimeStamp": stamp,
            "Nonce": nonce,
        }
    )


def _heard(platform: str, fields: dict[str, str]) -> tuple[Message | None, str]:
    """Return the message, None for what needs no answer, and the platform's number of it."""
    sender, kind = fields.get("FromUserName", ""), fields.get("MsgType", "")
    if not sender:
        raise NotGenuine("sender")
    if kind == "event":
        return _event(platform, sender, fields)
    number = fields.get("MsgId", "")
    if not number:
        raise NotGenuine("number")
    words = fields.get("Content", "") or fields.get("Recognition", "")
    heard = KINDS.get(kind, Heard.OTHER)
    media = fields.get("MediaId", "") if heard is Heard.PICTURE else ""
    return Message(platform, sender, heard, words=words, media=media), number


def _event(
    platform: str, sender: str, fields: dict[str, str]
) -> tuple[Message | None, str]:
    event, key = fields.get("Event", "").lower(), fields.get("EventKey", "")
    number = f"{sender} {fields.get('CreateTime', '')} {event} {key}"
    match event:
        case "subscribe" | "enter_agent":
            return Message(platform, sender, Heard.FOLLOWED), number
        case "click":
            return Message(platform, sender, Heard.MENU, words=key), number
        case _:
            return None, number


def answer_by_json(
    secret: str, body: bytes, *, signature: str, stamp: str, mine_id: int, now: datetime
) -> dict[str, Any]:
    """
    Return what QQ's platform is answered; what was heard is answered to its sender later.

    :raises NotGenuine: if the platform did not sign it, or not now.
    """
    try:
        told = json.loads(body)
        code, given = told.get("op"), told.get("d") or {}
        if code == VALIDATE:
            asked, when = str(given["plain_token"]), str(given["event_ts"])
            signed = qq.answered(secret, stamp=when, asked=asked)
            return {"plain_token": asked, "signature": signed}
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        # Nested too deep to be read is no message either.
        raise NotGenuine("json") from None
    qq.check(secret, signature=signature, stamp=stamp, body=body)
    check_fresh(stamp, now=now)
    if code == DISPATCH and told.get("t") in ANSWERED:
        _take_on_qq(told["t"], given, mine_id=mine_id, now=now)
    return {"op": 12}


def _take_on_qq(
    kind: str, given: dict[str, Any], *, mine_id: int, now: datetime
) -> None:
    author, number = given.get("author") or {}, str(given.get("id") or "")
    in_group = kind == "GROUP_AT_MESSAGE_CREATE"
    sender = str(author.get("member_openid" if in_group else "user_openid") or "")
    if not sender or not number:
        raise NotGenuine("sender")
    words = str(given.get("content") or "").strip()
    heard = Heard.TEXT if words or not given.get("attachments") else Heard.OTHER
    message = Message("QQ", sender, heard, words=words, in_group=in_group)
    group = str(given.get("group_openid") or "")
    answered = take_once(
        "QQ",
        number,
        lambda: converse(message, mine_id=mine_id, now=now),
        now=now,
        address=f"group:{group}:{number}" if in_group else f"user:{sender}:{number}",
    )
    # Asked for with every repetition: whoever died in between forgot it.
    key = f"channels.answer:{answered.pk}"
    enqueue("channels.answer", {"received": answered.pk}, key=key)


def answer_elsewhere(received: int, *, clock: Callable[[], datetime]) -> bool:
    """
    Send the answer to a message, and keep nothing of it; False if it was sent already.

    :raises PlatformAway: if the platform is away; a later try may do.
    """
    waiting = answer_behind(received)
    if waiting is None:
        return False
    platform, address, text = waiting
    try:
        send_text(platform, address, text, clock=clock)
    except (PlatformOff, PlatformRefused):
        return False
    forget_answer(received)
    return True
