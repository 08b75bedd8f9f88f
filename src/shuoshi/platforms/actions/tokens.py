"""Keep the token of a platform for all workers; one of them fetches it at a time."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from shuoshi.common.sealing import SealBroken, new_box, open_box
from shuoshi.platforms.actions.asking import ask
from shuoshi.platforms.models import AccessToken
from shuoshi.platforms.queries.setup import account_on
from shuoshi.platforms.rules.failures import PlatformAway
from shuoshi.platforms.rules.setup import QQ, WECOM, Account


# Before it ends, so that nobody writes with one that has just ended.
MARGIN: Final = timedelta(minutes=5)
LAST: Final = timedelta(seconds=30)
LEASE: Final = timedelta(seconds=20)
PAUSE, PAUSES = 0.1, 50


def access_token(platform: str, *, clock: Callable[[], datetime]) -> str:
    """
    Return the token to write with: the kept one, or one fetched now.

    :raises PlatformOff: if the platform is not set up.
    :raises PlatformAway: if none is to be had now.
    """
    account = account_on(platform)
    for _pause in range(PAUSES):
        if kept := _kept(platform, clock()):
            return kept
        old = _kept(platform, clock(), margin=LAST)
        if _leased(platform, clock()):
            # Somebody may have fetched one between our look and our lease.
            if kept := _kept(platform, clock()):
                AccessToken.objects.filter(platform=platform).update(lease_until=None)
                return kept
            return _fetched_or(old, account, clock)
        # Another worker asks already; the old one, or its answer, will do.
        if old:
            return old
        time.sleep(PAUSE)
    raise PlatformAway("token")


def _fetched_or(
    old: str | None, account: Account, clock: Callable[[], datetime]
) -> str:
    """Return a new token; one that still counts where none is to be had now."""
    try:
        return _fetch(account, clock)
    except PlatformAway:
        if old is None:
            raise
        return old


def forget_token(platform: str, token: str) -> None:
    """Forget a token that the platform took no more, unless there is a new one already."""
    row = AccessToken.objects.filter(platform=platform).first()
    if row is not None and _opened(row) == token:
        AccessToken.objects.filter(pk=row.pk, token=row.token).update(expires_at=None)


def refresh_token(platform: str, *, clock: Callable[[], datetime]) -> bool:
    """Fetch a new token before the old one ends; False if there is no need."""
    account, now = account_on(platform), clock()
    ends_soon = AccessToken.objects.filter(
        platform=platform, expires_at__gt=now, expires_at__lt=now + 3 * MARGIN
    )
    if not ends_soon.exists() or not _leased(platform, now):
        return False
    _fetch(account, clock)
    return True


def _kept(platform: str, now: datetime, *, margin: timedelta = MARGIN) -> str | None:
    row = AccessToken.objects.filter(
        platform=platform, expires_at__gt=now + margin
    ).first()
    return _opened(row) if row else None


def _opened(row: AccessToken) -> str | None:
    try:
        return open_box(f"token:{row.uid}", row.key).open(row.token, "token")
    except SealBroken:
        return None


def _leased(platform: str, now: datetime) -> bool:
    AccessToken.objects.bulk_create(
        [AccessToken(platform=platform)], ignore_conflicts=True
    )
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    row = AccessToken.objects.filter(free, platform=platform)
    return bool(row.update(lease_until=now + LEASE))


def _fetch(account: Account, clock: Callable[[], datetime]) -> str:
    row = AccessToken.objects.get(platform=account.platform)
    here = AccessToken.objects.filter(pk=row.pk)
    try:
        told = _asked(account)
        token, seconds = str(told["access_token"]), int(told["expires_in"])
    except PlatformAway:
        here.update(lease_until=None)
        raise
    except (KeyError, TypeError, ValueError):
        here.update(lease_until=None)
        raise PlatformAway(f"token {told.get('errcode', '')}".strip()) from None
    box = new_box(f"token:{row.uid}")
    here.update(
        key=box.wrapped,
        token=box.seal(token, "token"),
        expires_at=clock() + timedelta(seconds=seconds),
        lease_until=None,
    )
    return token


def _asked(account: Account) -> dict[str, Any]:
    told = account.told
    if account.platform == QQ:
        body = {"appId": told["APPID"], "clientSecret": told["SECRET"]}
        url = f"{account.api('TOKEN_API')}/app/getAppAccessToken"
        return ask("POST", url, json=body)
    if account.platform == WECOM:
        asked = {"corpid": told["CORPID"], "corpsecret": told["SECRET"]}
        return ask("GET", f"{account.api()}/cgi-bin/gettoken", params=asked)
    asked = {
        "grant_type": "client_credential",
        "appid": told["APPID"],
        "secret": told["SECRET"],
    }
    # In the body: an address is written into the logs on the way.
    return ask("POST", f"{account.api()}/cgi-bin/stable_token", json=asked)
