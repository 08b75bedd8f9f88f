"""How long a one-time link holds, and how its parts are drawn."""

import secrets
from datetime import timedelta
from typing import Final


LASTS: Final = timedelta(hours=72)
HALF_DIGITS: Final = 8


def new_link_part() -> str:
    return secrets.token_urlsafe(32)


def new_half() -> str:
    """Draw the half of a reset that goes another way than the link."""
    return f"{secrets.randbelow(10**HALF_DIGITS):0{HALF_DIGITS}}"
