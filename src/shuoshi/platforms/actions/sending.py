"""Write to somebody on a platform."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from shuoshi.platforms.actions.asking import ask, asked
from shuoshi.platforms.actions.tokens import access_token, forget_token
from shuoshi.platforms.queries.setup import account_on
from shuoshi.platforms.rules.failures import (
    NOBODY,
    TOKEN_ENDED,
    TOO_LATE,
    PlatformAway,
    PlatformRefused,
    cut,
)
from shuoshi.platforms.rules.setup import QQ, WECHAT, Account


UNAUTHORIZED, ABSENT, BAD = 401, 404, 400


class TokenEnded(Exception):
    """The platform takes this token no more."""


def send_text(
    platform: str, address: str, text: str, *, clock: Callable[[], datetime]
) -> None:
    """
    Write to somebody; it is taken when this returns.

    ``address`` is what the platform calls them; on QQ ``group:ID:MESSAGE`` answers in a
    group, and ``user:ID:MESSAGE`` answers what somebody wrote. Too long a text is cut. A
    token that ended meanwhile is fetched anew, once.

    :raises PlatformOff: if the platform is not set up.
    :raises PlatformAway: if it is away or busy.
    :raises PlatformRefused: if it knows no such address, or may not write to it.
    """
    account = account_on(platform)
    for is_last in (False, True):
        token = access_token(platform, clock=clock)
        try:
            _send(account, token, address, cut(text))
        except TokenEnded:
            forget_token(platform, token)
            if is_last:
                raise PlatformAway("token") from None
        else:
            return


def _send(account: Account, token: str, address: str, text: str) -> None:
    if account.platform == QQ:
        _send_on_qq(account, token, address, text)
    elif account.platform == WECHAT:
        body = {"touser": address, "msgtype": "text", "text": {"content": text}}
        code = _code(account, token, "message/custom/send", body)
        if code in TOO_LATE and (template := account.told.get("TEMPLATE")):
            data = {"first": {"value": text}}
            body = {"touser": address, "template_id": template, "data": data}
            code = _code(account, token, "message/template/send", body)
        _judge(code)
    else:
        body = {
            "touser": address,
            "agentid": account.told["AGENT"],
            "msgtype": "text",
            "text": {"content": text},
        }
        _judge(_code(account, token, "message/send", body))


def _code(account: Account, token: str, path: str, body: dict[str, Any]) -> int:
    url = f"{account.api()}/cgi-bin/{path}"
    told = ask("POST", url, params={"access_token": token}, json=body)
    code = told.get("errcode")
    if not isinstance(code, int):
        raise PlatformAway("no code")
    # WeCom says that it took it, and names whom it did not find.
    return code if code or not told.get("invaliduser") else 40003


def _judge(code: int) -> None:
    """Tell apart who is not there from all else, which may be ours or theirs to mend."""
    if code in TOKEN_ENDED:
        raise TokenEnded
    if code in NOBODY | TOO_LATE:
        raise PlatformRefused(f"code {code}")
    if code:
        raise PlatformAway(f"code {code}")


def _send_on_qq(account: Account, token: str, address: str, text: str) -> None:
    body: dict[str, Any] = {"content": text, "msg_type": 0}
    path = f"users/{address}"
    if address.startswith(("group:", "user:")):
        kind, place, message = address.split(":", 2)
        path, body["msg_id"] = f"{kind}s/{place}", message
    answer = asked(
        "POST",
        f"{account.api()}/v2/{path}/messages",
        json=body,
        headers={"Authorization": f"QQBot {token}"},
    )
    if answer.status_code == UNAUTHORIZED:
        raise TokenEnded
    if answer.status_code == ABSENT:
        raise PlatformRefused(f"HTTP {answer.status_code}")
    if answer.status_code >= BAD:
        raise PlatformAway(f"HTTP {answer.status_code}")
