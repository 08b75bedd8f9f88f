"""
The signature of the QQ bot's callback: Ed25519 by a key made of the bot's secret. Pure.

As the bot platform's guide describes it: the seed is the secret, repeated to 32 bytes.
"""

import re
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shuoshi.platforms.rules.failures import NotGenuine


SEED: Final = 32
# What is signed to show that the house is ours could else be a message by its form.
ASKED: Final = re.compile(r"[A-Za-z0-9]{1,64}")
STAMP: Final = re.compile(r"[0-9]{1,20}")


def _key(secret: str) -> Ed25519PrivateKey:
    seed = secret.encode()
    seed = (seed * (SEED // len(seed) + 1))[:SEED]
    return Ed25519PrivateKey.from_private_bytes(seed)


def answered(secret: str, *, stamp: str, asked: str) -> str:
    """
    Return the signature, as hex, by which the platform knows the house.

    :raises NotGenuine: if what is asked for could stand for something else.
    """
    if not (ASKED.fullmatch(asked) and STAMP.fullmatch(stamp)):
        raise NotGenuine("asked")
    return _key(secret).sign(f"{stamp}{asked}".encode()).hex()


def check(secret: str, *, signature: str, stamp: str, body: bytes) -> None:
    """
    Look at the signature over the time and the body.

    :raises NotGenuine: if it is not by the key of this bot.
    """
    try:
        signed = bytes.fromhex(signature)
        _key(secret).public_key().verify(signed, stamp.encode() + body)
    except (ValueError, InvalidSignature):
        raise NotGenuine("signature") from None
