"""Fetch a picture or a voice that somebody sent on a platform."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import httpx

from shuoshi.platforms.actions.asking import asked
from shuoshi.platforms.actions.tokens import access_token, forget_token
from shuoshi.platforms.queries.setup import account_on
from shuoshi.platforms.rules.failures import (
    NOTHING,
    TOKEN_ENDED,
    PlatformAway,
    PlatformRefused,
)


MOST: Final = 20 * 1024 * 1024


def fetch_media(platform: str, media: str, *, clock: Callable[[], datetime]) -> bytes:
    """
    Return what somebody sent. A token that ended meanwhile is fetched anew, once.

    :raises PlatformOff: if the platform is not set up.
    :raises PlatformAway: if it is away or busy, or sends too much: a later try may do.
    :raises PlatformRefused: if it has no such thing (any more).
    """
    account = account_on(platform)
    for _try in range(2):
        token = access_token(platform, clock=clock)
        answer = asked(
            "GET",
            f"{account.api()}/cgi-bin/media/get",
            params={"access_token": token, "media_id": media},
            most=MOST,
        )
        # What it does not have, it says in JSON, and politely with 200.
        if "json" not in answer.headers["Content-Type"] and answer.is_success:
            return answer.content
        code = _code(answer)
        if code in NOTHING:
            raise PlatformRefused(f"code {code}")
        if code not in TOKEN_ENDED:
            break
        forget_token(platform, token)
    raise PlatformAway(f"media {answer.status_code} {code}")


def _code(answer: httpx.Response) -> int:
    try:
        told = answer.json()
    except ValueError:
        return 0
    code = told.get("errcode") if isinstance(told, dict) else 0
    return code if isinstance(code, int) else 0
