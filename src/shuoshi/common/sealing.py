"""
Seal protected text and files, so that the database alone gives nothing away.

Every owner (a matter, a speaker, a file) has a random data key, its box. The box
is wrapped by the current key of the ring and bound to its owner; what lies in it
is bound to the owner and to the place it was written for. Dropping the wrapped key erases
everything in the box: here at once, in old backups when the key of the ring that wrapped
it there is gone too (adr/0011).
"""

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from shuoshi.common.committees import (
    PURPOSE,
    Recipient,
    is_committees,
    taken_apart,
    unlocked_secret,
)
from shuoshi.common.keypairs import SIZE, agree
from shuoshi.common.refusals import Refused


NONCE: Final = 12
TAG: Final = 16
DATA_KEY: Final = 32
KEY_ID: Final = re.compile(r"[a-z0-9]{1,16}")


class SealBroken(Refused):
    """What is sealed here was changed, moved, or its key is gone from the ring."""

    def __init__(self) -> None:
        """Say so without a word about the content."""
        super().__init__(_("这段加密内容打不开：它被动过，或者密钥已经不在。"))


class SealErased(SealBroken):
    """The key was destroyed on purpose: nobody can read this any more."""

    def __init__(self) -> None:
        """Say so without a word about the content."""
        super().__init__()
        self.message = _("这段内容已按规定清除。")
        self.args = (self.message,)


class SealLocked(SealBroken):
    """It lies under a committee's key, which nobody has unlocked here."""

    def __init__(self) -> None:
        """Say so without a word about the content."""
        super().__init__()
        self.message = _("内容只有纪委人员用口令解锁后才能看。")
        self.args = (self.message,)


def _aes_seal(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, plain, bound)


def _aes_open(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, sealed, bound)


def _sm4_seal(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    work = Cipher(SM4(key), GCM(nonce)).encryptor()
    work.authenticate_additional_data(bound)
    return work.update(plain) + work.finalize() + work.tag


def _sm4_open(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    text, tag = sealed[:-TAG], sealed[-TAG:]
    work = Cipher(SM4(key), GCM(nonce, tag)).decryptor()
    work.authenticate_additional_data(bound)
    return work.update(text) + work.finalize()


Work = Callable[[bytes, bytes, bytes, bytes], bytes]


@dataclass(frozen=True)
class Algorithm:
    """
    One way to seal, and the digest that goes with it.

    The mark is the first byte of what is sealed with it.
    """

    mark: int
    size: int
    digest: str
    seal: Work
    open: Work


DIGESTS: Final[dict[str, type[HashAlgorithm]]] = {"sha256": SHA256, "sm3": SM3}
ALGORITHMS: Final = {
    "aes": Algorithm(1, 32, "sha256", _aes_seal, _aes_open),
    "sm4": Algorithm(3, 16, "sm3", _sm4_seal, _sm4_open),
}
# What was sealed with SM4 before its keys were derived by SM3 still opens.
_FORMER: Final = Algorithm(2, 16, "sha256", _sm4_seal, _sm4_open)
MARKS: Final = {one.mark: one for one in (*ALGORITHMS.values(), _FORMER)}


@dataclass(frozen=True)
class RingKey:
    """One key of the ring."""

    id: str
    algorithm: Algorithm
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Ring:
    """The keys that wrap boxes: the first wraps, the others still open."""

    keys: dict[str, RingKey]

    @property
    def current(self) -> RingKey:
        return next(iter(self.keys.values()))

    @classmethod
    @lru_cache(maxsize=8)
    def parse(cls, text: str) -> "Ring":
        """
        Read ``id:algorithm:base64,…``.

        :raises ImproperlyConfigured: naming the entry that is wrong, never its key.
        """
        keys: dict[str, RingKey] = {}
        for place, entry in enumerate(text.split(","), start=1):
            key = _ring_key(entry.strip(), f"SHUOSHI_KEYS: entry {place}")
            if key.id in keys:
                raise ImproperlyConfigured(
                    f"SHUOSHI_KEYS: {key.id!r} stands there twice"
                )
            keys[key.id] = key
        return cls(keys)


def _ring_key(entry: str, where: str) -> RingKey:
    key_id, _colon, rest = entry.partition(":")
    name, _colon, encoded = rest.partition(":")
    if not KEY_ID.fullmatch(key_id) or not encoded:
        raise ImproperlyConfigured(f"{where} is not of the form id:algorithm:base64")
    if name not in ALGORITHMS:
        raise ImproperlyConfigured(f"{where}: the algorithm is neither aes nor sm4")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        # Without its cause: the text of the error may quote the key.
        raise ImproperlyConfigured(f"{where}: the key is not base64") from None
    algorithm = ALGORITHMS[name]
    if len(secret) != algorithm.size:
        raise ImproperlyConfigured(
            f"{where}: {name} takes {algorithm.size} bytes, not {len(secret)}"
        )
    return RingKey(key_id, algorithm, secret)


def ring() -> Ring:
    """Return the ring of the settings, parsed once for each text."""
    return Ring.parse(settings.SHUOSHI_KEYS)


def _bound(owner: str, about: str) -> bytes:
    # The length keeps owner and place apart, whatever they contain.
    return f"{len(owner)}:{owner}:{about}".encode()


def _seal(algorithm: Algorithm, key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + algorithm.seal(key, nonce, plain, bound)


def _open(algorithm: Algorithm, key: bytes, sealed: bytes, bound: bytes) -> bytes:
    if len(sealed) < NONCE + TAG:
        raise SealBroken
    try:
        return algorithm.open(key, sealed[:NONCE], sealed[NONCE:], bound)
    except InvalidTag:
        raise SealBroken from None


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SealBroken from None


@dataclass(frozen=True)
class Box:
    """An open box: seals and opens what belongs to one owner."""

    owner: str
    wrapped: str
    _key: bytes = field(repr=False)

    def seal(self, text: str, about: str) -> str:
        """Seal a text for one place; nowhere else will it open."""
        return _encode(self.seal_bytes(text.encode(), about))

    def open(self, token: str, about: str) -> str:
        """
        Return the text sealed for this place.

        :raises SealBroken: if it was changed or was sealed for another place.
        """
        return self.open_bytes(_decode(token), about).decode()

    def seal_bytes(self, plain: bytes, about: str) -> bytes:
        """Seal bytes for one place, with the algorithm of the ring's current key."""
        algorithm = ring().current.algorithm
        sealed = _seal(
            algorithm, self._part(algorithm), plain, _bound(self.owner, about)
        )
        return bytes([algorithm.mark]) + sealed

    def open_bytes(self, sealed: bytes, about: str) -> bytes:
        """
        Return the bytes sealed for this place.

        :raises SealBroken: if they were changed or were sealed for another place.
        """
        algorithm = MARKS.get(sealed[0]) if sealed else None
        if algorithm is None:
            raise SealBroken
        return _open(
            algorithm, self._part(algorithm), sealed[1:], _bound(self.owner, about)
        )

    def digest(self, text: str) -> str:
        """Return a commitment to a text: tells nothing once the box is erased."""
        return self._digest(ring().current.algorithm.digest, text)

    def commits(self, digest: str, text: str) -> bool:
        """Tell whether a commitment is to this text, whichever digest it was made with."""
        name = digest.rpartition(":")[0] or "sha256"
        return name in DIGESTS and hmac.compare_digest(self._digest(name, text), digest)

    def _digest(self, name: str, text: str) -> str:
        key = mac(name, self._key, b"digest")
        told = mac(name, key, text.encode()).hex()
        return told if name == "sha256" else f"{name}:{told}"

    def _part(self, algorithm: Algorithm) -> bytes:
        # No two algorithms share a key.
        mark = bytes([algorithm.mark])
        return mac(algorithm.digest, self._key, mark)[: algorithm.size]


def mac(digest: str, key: bytes, text: bytes) -> bytes:
    """Return the HMAC of a text with one of the digests."""
    if digest == "sha256":
        return hmac.digest(key, text, "sha256")
    work = HMAC(key, DIGESTS[digest]())
    work.update(text)
    return work.finalize()


def new_box(owner: UUID | str) -> Box:
    """Make a box with a random data key, wrapped by the current key of the ring."""
    key = secrets.token_bytes(DATA_KEY)
    return Box(str(owner), _wrap(str(owner), key), key)


def open_box(owner: UUID | str, wrapped: str) -> Box:
    """
    Unwrap the box of an owner.

    :raises SealErased: if the wrapped key was dropped.
    :raises SealBroken: if it belongs to another owner or its key left the ring.
    """
    return Box(str(owner), wrapped, _unwrap(str(owner), wrapped))


def key_id_of(wrapped: str) -> str:
    """Return the id of the key of the ring that wraps a box; none if it is erased."""
    return wrapped.partition(".")[0]


def rewrap(owner: UUID | str, wrapped: str) -> str | None:
    """
    Wrap a box anew by the current key; None if it is, is erased, or is a committee's.

    :raises SealBroken: if the box cannot be opened.
    """
    if not wrapped or key_id_of(wrapped) == ring().current.id:
        return None
    if is_committees(wrapped):
        return None
    return _wrap(str(owner), _unwrap(str(owner), wrapped))


def _wrap(owner: str, key: bytes) -> str:
    current = ring().current
    sealed = _seal(current.algorithm, current.secret, key, _bound(owner, "box"))
    return f"{current.id}.{_encode(sealed)}"


def _unwrap(owner: str, wrapped: str) -> bytes:
    if not wrapped:
        raise SealErased
    if is_committees(wrapped):
        return _unwrap_unlocked(owner, wrapped)
    key_id, _dot, sealed = wrapped.partition(".")
    key = ring().keys.get(key_id)
    if key is None:
        raise SealBroken
    return _open(key.algorithm, key.secret, _decode(sealed), _bound(owner, "box"))


def hand_over(owner: UUID | str, wrapped: str, to: Recipient) -> str:
    """
    Wrap a box to a committee: from then on the ring does not open it.

    :raises SealBroken: if the box cannot be opened.
    """
    key = _unwrap(str(owner), wrapped)
    shared, once = agree(to.public, DATA_KEY, PURPOSE)
    sealed = Box(str(owner), "", shared).seal_bytes(key, "box")
    return to.prefix + _encode(once + sealed)


def _unwrap_unlocked(owner: str, wrapped: str) -> bytes:
    key_id, text = taken_apart(wrapped)
    secret = unlocked_secret(key_id)
    if secret is None:
        raise SealLocked
    raw = _decode(text)
    if len(raw) < SIZE:
        raise SealBroken
    try:
        shared = secret.agreed(raw[:SIZE], DATA_KEY, PURPOSE)
    except ValueError:
        raise SealBroken from None
    return Box(owner, "", shared).open_bytes(raw[SIZE:], "box")


def box_of(owner: str, key: bytes) -> Box:
    """Return a box under a key that lies elsewhere: it is kept by no ring."""
    return Box(owner, "", key)


def keyed_hash(purpose: str, text: str, *, secret: str | None = None) -> str:
    """Return a hash that only this installation can compute, apart for each purpose."""
    key = _purpose_key(settings.SECRET_KEY if secret is None else secret, purpose)
    return hmac.digest(key, text.encode(), "sha256").hex()


@lru_cache(maxsize=32)
def _purpose_key(secret: str, purpose: str) -> bytes:
    kdf = HKDF(SHA256(), 32, salt=None, info=f"shuoshi.{purpose}".encode())
    return kdf.derive(secret.encode())
