"""
The envelope of WeChat and WeCom: SHA-1 over sorted parts, AES-256-CBC. Pure.

As the platform's guide to encrypted messages describes it: sixteen random bytes, the
length as four bytes, the text, and for whom it is, padded to blocks of 32.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import struct
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from shuoshi.platforms.rules.failures import NotGenuine


AES_KEY: Final = re.compile(r"[A-Za-z0-9]{43}")
BLOCK: Final = 32
RANDOM: Final = 16
HEAD: Final = RANDOM + 4


@dataclass(frozen=True)
class Codec:
    """Seals and opens what passes between a platform and one account of it."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    owner: str

    @property
    def _key(self) -> bytes:
        return base64.b64decode(self.aes_key + "=")

    def signed(self, *parts: str) -> str:
        """Return the signature over these parts and the token, as hex."""
        told = "".join(sorted([self.token, *parts]))
        return hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest()

    def check(self, signature: str, *parts: str) -> None:
        """
        Look at a signature, in a time that does not tell how much of it is right.

        :raises NotGenuine: if it is not that of these parts.
        """
        if not hmac.compare_digest(self.signed(*parts).encode(), signature.encode()):
            raise NotGenuine("signature")

    def opened(self, sealed: str) -> str:
        """
        Return what was sealed for this account.

        :raises NotGenuine: if it was not, or is broken.
        """
        try:
            cipher = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError):
            raise NotGenuine("base64") from None
        if not cipher or len(cipher) % BLOCK:
            raise NotGenuine("length")
        decryptor = Cipher(AES(self._key), CBC(self._key[:RANDOM])).decryptor()
        plain = decryptor.update(cipher) + decryptor.finalize()
        padding = plain[-1]
        if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise NotGenuine("padding")
        return self._parted(plain[:-padding])

    def sealed(self, text: str) -> str:
        """Return a text sealed for the platform, as base64."""
        told = text.encode()
        plain = secrets.token_bytes(RANDOM) + struct.pack(">I", len(told)) + told
        plain += self.owner.encode()
        padding = BLOCK - len(plain) % BLOCK
        plain += bytes([padding]) * padding
        encryptor = Cipher(AES(self._key), CBC(self._key[:RANDOM])).encryptor()
        return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()

    def _parted(self, plain: bytes) -> str:
        if len(plain) < HEAD:
            raise NotGenuine("length")
        (length,) = struct.unpack(">I", plain[RANDOM:HEAD])
        text, owner = plain[HEAD : HEAD + length], plain[HEAD + length :]
        if len(text) != length or owner != self.owner.encode():
            raise NotGenuine("owner")
        try:
            return text.decode()
        except UnicodeDecodeError:
            raise NotGenuine("encoding") from None
