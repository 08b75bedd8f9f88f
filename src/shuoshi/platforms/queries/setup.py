"""Which platforms this house is on."""

from django.conf import settings

from shuoshi.platforms.rules.failures import PlatformOff
from shuoshi.platforms.rules.setup import PLATFORMS, Account


def account_on(platform: str) -> Account:
    """
    Return the account of this house on a platform.

    :raises PlatformOff: if there is none, or a key of it is missing.
    """
    found: Account = settings.SHUOSHI_PLATFORMS[platform]
    if not found.is_on:
        raise PlatformOff(platform)
    return found


def is_on(platform: str) -> bool:
    """Tell whether the house is on a platform."""
    account: Account = settings.SHUOSHI_PLATFORMS[platform]
    return account.is_on


def half_set_up() -> list[Account]:
    """Return the platforms that somebody began to set up, with what is missing."""
    accounts = [settings.SHUOSHI_PLATFORMS[platform] for platform in PLATFORMS]
    return [one for one in accounts if one.missing]
