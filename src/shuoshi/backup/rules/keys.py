"""
The key of the backups: its public half writes, its secret half lies in a safe.

The server can write backups and cannot read them. Who takes the server over reads what
stands in its database now, but nothing out of older backups, so that what was erased
stays erased.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from shuoshi.backup.rules.refusals import RestoreRefused
from shuoshi.common.keypairs import Secret, agree


PUBLIC: Final = re.compile(r"([a-z0-9]{1,16}):x25519:([A-Za-z0-9+/]{43}=)")
PURPOSE: Final = b"shuoshi.backup.1"


@dataclass(frozen=True)
class PublicKey:
    """What the server knows: enough to write a backup."""

    id: str
    raw: bytes

    def __str__(self) -> str:
        return f"{self.id}:x25519:{base64.b64encode(self.raw).decode()}"

    def agree(self, size: int) -> tuple[bytes, bytes]:
        """Return a fresh data key and what its reader needs to find it again."""
        return agree(self.raw, size, PURPOSE)


@dataclass(frozen=True)
class SecretKey(Secret):
    """What lies in the safe: enough to read every backup written for it."""

    def find(self, public: bytes, size: int) -> bytes:
        """
        Return the data key of a backup.

        :raises ValueError: if what the backup names is no key.
        """
        return self.agreed(public, size, PURPOSE)


def new_key(key_id: str) -> tuple[PublicKey, SecretKey]:
    """Draw a pair."""
    secret = SecretKey.draw()
    return PublicKey(key_id, secret.public), secret


@lru_cache(maxsize=4)
def public_key(text: str) -> PublicKey:
    """
    Read ``id:x25519:base64``.

    :raises ImproperlyConfigured: if it is not of this form.
    """
    found = PUBLIC.fullmatch(text.strip())
    if not found:
        raise ImproperlyConfigured(
            "SHUOSHI_BACKUP_KEY is not of the form id:x25519:base64;"
            " make one with: shuoshi backup-key"
        )
    return PublicKey(found[1], base64.b64decode(found[2]))


def secret_key(text: str) -> SecretKey:
    """
    Read what was typed off the paper; spaces, dashes and small letters do not matter.

    :raises RestoreRefused: if it is no such key.
    """
    secret = SecretKey.from_paper(text)
    if secret is None:
        raise RestoreRefused(
            _("这不是备份私钥：应是52个字母和数字，请照纸上的再抄一遍。")
        )
    return secret
