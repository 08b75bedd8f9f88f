"""Addresses that tell nothing: where a page goes on, without the number of a row in it."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def hidden(text: str, *, purpose: str) -> str:
    """Return a text as nobody can read it but ``shown`` for the same purpose."""
    return _box(purpose).encrypt(text.encode()).decode()


def shown(token: str, *, purpose: str) -> str:
    """Return the text that was hidden; empty if the token is none of ours."""
    try:
        return _box(purpose).decrypt(token.encode()).decode()
    except (InvalidToken, ValueError):
        return ""


def _box(purpose: str) -> Fernet:
    kdf = HKDF(SHA256(), 32, salt=None, info=f"shuoshi.opaque.{purpose}".encode())
    key = kdf.derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
