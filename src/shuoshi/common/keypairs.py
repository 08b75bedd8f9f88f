"""
Pairs of keys: what is sealed to the public half, only the secret half opens.

The public half lies on the server. The secret half never lies there in the open: it is on
paper, or sealed under something that only a person knows.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


SIZE: Final = 32
GROUP: Final = 4


@dataclass(frozen=True)
class Secret:
    """The secret half of a pair."""

    raw: bytes = field(repr=False)

    @classmethod
    def draw(cls) -> Self:
        """Draw a pair."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_paper(cls, text: str) -> Self | None:
        """
        Read what was typed off the paper, none if it is no such key.

        Spaces, dashes and small letters do not matter.
        """
        plain = re.sub(r"[\s-]", "", text).upper()
        try:
            raw = base64.b32decode(plain + "=" * (-len(plain) % 8))
        except (binascii.Error, ValueError):
            return None
        return cls(raw) if len(raw) == SIZE else None

    @property
    def public(self) -> bytes:
        return self._private().public_key().public_bytes_raw()

    def agreed(self, once: bytes, size: int, purpose: bytes) -> bytes:
        """
        Return the data key that ``agree`` made for this pair.

        :raises ValueError: if what came with it is no key.
        """
        shared = self._private().exchange(X25519PublicKey.from_public_bytes(once))
        return _derived(shared, once + self.public, size, purpose)

    def on_paper(self) -> str:
        """Return it as a person can type it: capitals and digits in fours."""
        text = base64.b32encode(self.raw).decode().rstrip("=")
        return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))

    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.raw)


def agree(public: bytes, size: int, purpose: bytes) -> tuple[bytes, bytes]:
    """Return a fresh data key for a public half, and what its reader needs to find it."""
    single = X25519PrivateKey.generate()
    shared = single.exchange(X25519PublicKey.from_public_bytes(public))
    once = single.public_key().public_bytes_raw()
    return _derived(shared, once + public, size, purpose), once


def _derived(shared: bytes, salt: bytes, size: int, purpose: bytes) -> bytes:
    return HKDF(SHA256(), size, salt=salt, info=purpose).derive(shared)
