"""Write to somebody on a platform."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from shuoshi.platforms.actions.asking import ask, asked
from shuoshi.platforms.actions.tokens import access_token, forget_token
from shuoshi.platforms.queries.setup import account_on
from shuoshi.platforms.rules.failures import PlatformAway, PlatformRefused
from shuoshi.platforms.rules.setup import QQ, WECHAT, Account


TOKEN_ENDED: Final = {40001, 40014, 42001}
# The person did not write to us in two days: only a template may be sent.
TOO_LATE: Final = {45015, 45047}
BUSY: Final = {-1, 45009, 45011, 50002}
UNAUTHORIZED, TOO_MANY, BAD = 401, 429, 400


class TokenEnded(Exception):
    """The platform takes this token no more."""


def send_text(
    platform: str, address: str, text: str, *, clock: Callable[[], datetime]
) -> None:
    """
    Write to somebody; it is taken when this returns.

    ``address`` is what the platform calls them; on QQ ``group:ID:MESSAGE`` answers in a
    group. A token that ended meanwhile is fetched anew, once.

    :raises PlatformOff: if the platform is not set up.
    :raises PlatformAway: if it is away or busy.
    :raises PlatformRefused: if it knows no such address, or may not write to it.
    """
    account = account_on(platform)
    for is_last in (False, True):
        token = access_token(platform, clock=clock)
        try:
            _send(account, token, address, text)
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
    if code in TOKEN_ENDED:
        raise TokenEnded
    if code in BUSY:
        raise PlatformAway(f"code {code}")
    if code:
        raise PlatformRefused(f"code {code}")


def _send_on_qq(account: Account, token: str, address: str, text: str) -> None:
    body: dict[str, Any] = {"content": text, "msg_type": 0}
    path = f"users/{address}"
    if address.startswith("group:"):
        _kind, group, message = address.split(":", 2)
        path, body["msg_id"] = f"groups/{group}", message
    answer = asked(
        "POST",
        f"{account.api()}/v2/{path}/messages",
        json=body,
        headers={"Authorization": f"QQBot {token}"},
    )
    if answer.status_code == UNAUTHORIZED:
        raise TokenEnded
    if answer.status_code == TOO_MANY:
        raise PlatformAway("busy")
    if answer.status_code >= BAD:
        raise PlatformRefused(f"HTTP {answer.status_code}")
