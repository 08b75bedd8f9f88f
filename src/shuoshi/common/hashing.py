"""
Hash what must be found again but never read: receipts, rows of old ledgers.

The hashes are kept for years, so their key is rotated as the ring is: the newest key
hashes, all of them are asked, and what is found under an old one is hashed anew. Last
come the keys made from the secret of the installation and from its former secrets.
"""

import base64
import binascii
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shuoshi.common.sealing import DIGESTS, KEY_ID, keyed_hash, mac


SIZE: Final = 32


@dataclass(frozen=True)
class HashKey:
    """One key of the ring of hashes."""

    id: str
    digest: str
    secret: bytes = field(repr=False)

    def hashed(self, purpose: str, text: str) -> str:
        """Return the hash with the mark of the key before it."""
        told = mac(self.digest, self._for(purpose), text.encode()).hex()
        return f"{self.id}.{told}"

    def _for(self, purpose: str) -> bytes:
        info = f"shuoshi.{purpose}".encode()
        digest = DIGESTS[self.digest]()
        return HKDF(digest, SIZE, salt=None, info=info).derive(self.secret)


def hash_keys() -> tuple[HashKey, ...]:
    """Return the keys of the settings, the newest first."""
    return parsed_hash_keys(settings.SHUOSHI_HASH_KEYS)


@lru_cache(maxsize=8)
def parsed_hash_keys(text: str) -> tuple[HashKey, ...]:
    """
    Read ``id:digest:base64,…``; an empty text is no key at all.

    :raises ImproperlyConfigured: naming the entry that is wrong, never its key.
    """
    entries = [entry.strip() for entry in text.split(",")] if text.strip() else []
    keys = [_hash_key(entry, place) for place, entry in enumerate(entries, start=1)]
    if len({key.id for key in keys}) < len(keys):
        raise ImproperlyConfigured("SHUOSHI_HASH_KEYS: an id stands there twice")
    return tuple(keys)


def kept_hash(purpose: str, text: str) -> str:
    """Return the hash to keep, by the newest key."""
    return kept_hashes(purpose, text)[0]


def kept_hashes(purpose: str, text: str) -> list[str]:
    """Return all hashes under which a text may be kept, the newest key's first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        *(key.hashed(purpose, text) for key in hash_keys()),
        *(keyed_hash(purpose, text, secret=secret) for secret in secrets),
    ]


def _hash_key(entry: str, place: int) -> HashKey:
    where = f"SHUOSHI_HASH_KEYS: entry {place}"
    key_id, _colon, rest = entry.partition(":")
    digest, _colon, encoded = rest.partition(":")
    if not KEY_ID.fullmatch(key_id) or not encoded:
        raise ImproperlyConfigured(f"{where} is not of the form id:digest:base64")
    if digest not in DIGESTS:
        raise ImproperlyConfigured(f"{where}: the digest is neither sha256 nor sm3")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        # Without its cause: the text of the error may quote the key.
        raise ImproperlyConfigured(f"{where}: the key is not base64") from None
    if len(secret) != SIZE:
        raise ImproperlyConfigured(f"{where}: takes {SIZE} bytes, not {len(secret)}")
    return HashKey(key_id, digest, secret)
