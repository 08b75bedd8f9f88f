"""One-time codes from a clock and a shared secret: RFC 6238, SHA-1, six digits, 30 seconds."""

import base64
import binascii
import hmac
import secrets
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode


STEP: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
# A clock may be wrong by one step, either way.
DRIFT: Final = 1


def new_secret() -> str:
    """Draw a secret, in the letters that an authenticator app reads."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    """Return the code of a step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of_code(secret: str, code: str, *, now: datetime) -> int | None:
    """Return the step whose code this is, none if it is none of those about now."""
    about = step_at(now)
    steps = range(about - DRIFT, about + DRIFT + 1)
    # All are compared, so that the time taken says nothing.
    fitting = [
        step
        for step in steps
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode())
    ]
    return fitting[-1] if fitting else None


def address_of(secret: str, *, name: str, issuer: str) -> str:
    """Return the address that goes into the QR code for an authenticator app."""
    said = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?{said}"


def is_secret(text: str) -> bool:
    try:
        return len(base64.b32decode(text)) == SECRET_BYTES
    except binascii.Error:
        return False
