"""Tell whether the secrets at hand are those of a house, without telling what they are."""

import hmac

from django.conf import settings
from django.utils.translation import gettext as _

from shuoshi.backup.rules.refusals import RestoreRefused
from shuoshi.common.hashing import hash_keys
from shuoshi.common.sealing import keyed_hash, ring


SECRET_KEY = "SHUOSHI_SECRET_KEY"  # noqa: S105 - a name
PURPOSE = "backup check"
LENGTH = 16


def checks() -> dict[str, str]:
    """Return a mark of every secret at hand; the marks lie sealed in the backup."""
    marks = {SECRET_KEY: _of_secret(settings.SECRET_KEY)}
    for place, secret in enumerate(settings.SECRET_KEY_FALLBACKS, start=1):
        marks[f"SHUOSHI_OLD_SECRET_KEYS:{place}"] = _of_secret(secret)
    for key in ring().keys.values():
        marks[f"SHUOSHI_KEYS:{key.id}"] = _of_key(key.secret)
    for one in hash_keys():
        marks[f"SHUOSHI_HASH_KEYS:{one.id}"] = _of_key(one.secret)
    return marks


def check_secrets(wanted: dict[str, str]) -> None:
    """
    Refuse to restore where a secret of the house is not at hand, under any name.

    :raises RestoreRefused: naming which, never what.
    """
    here = set(checks().values())
    missing = [name for name, mark in wanted.items() if mark not in here]
    if missing:
        raise RestoreRefused(
            _("环境里缺少备份时用的密钥，或者不是同一把：%(names)s。什么都没有动。")
            % {"names": "、".join(missing)}
        )


def _of_secret(secret: str) -> str:
    return keyed_hash(PURPOSE, "", secret=secret)[:LENGTH]


def _of_key(secret: bytes) -> str:
    return hmac.digest(secret, PURPOSE.encode(), "sha256").hex()[:LENGTH]
