"""Fetch a picture or a voice that somebody sent on a platform."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from shuoshi.platforms.actions.asking import asked
from shuoshi.platforms.actions.tokens import access_token
from shuoshi.platforms.queries.setup import account_on
from shuoshi.platforms.rules.failures import PlatformRefused


MOST: Final = 20 * 1024 * 1024


def fetch_media(platform: str, media: str, *, clock: Callable[[], datetime]) -> bytes:
    """
    Return what somebody sent.

    :raises PlatformOff: if the platform is not set up.
    :raises PlatformAway: if it is away, or sends too much.
    :raises PlatformRefused: if it has no such thing (any more).
    """
    account = account_on(platform)
    token = access_token(platform, clock=clock)
    answer = asked(
        "GET",
        f"{account.api()}/cgi-bin/media/get",
        params={"access_token": token, "media_id": media},
        most=MOST,
    )
    # What it does not have, it says in JSON, and politely with 200.
    if "json" in answer.headers["Content-Type"] or not answer.is_success:
        raise PlatformRefused("media")
    return answer.content
