"""What can go wrong with somebody else's platform."""

from typing import Final


# A token that the platform takes no more.
TOKEN_ENDED: Final = frozenset({40001, 40014, 42001})
# The person did not write to us in two days: only a template may be sent.
TOO_LATE: Final = frozenset({45015, 45047})
# The documented ways to say that there is nobody at this address, or they want nothing:
# openid unknown, not subscribed, refused, user unknown, no such member.
NOBODY: Final = frozenset({40003, 43004, 43019, 43101, 46004, 60111})
# No such thing was sent, or it is kept no more.
NOTHING: Final = frozenset({40004, 40007, 41006})
# Of what is sent, so much in UTF-8; longer is refused or cut in the midst of a sign.
MOST_BYTES: Final = 2000


def cut(text: str, *, most: int = MOST_BYTES) -> str:
    """Return a text that fits, cut between two signs and marked so."""
    if len(text.encode()) <= most:
        return text
    mark = "…"
    room = most - len(mark.encode())
    return text.encode()[:room].decode(errors="ignore") + mark


class NotGenuine(ValueError):
    """A message that the platform did not send, or not now."""


class PlatformOff(Exception):
    """The platform is not set up in this house."""


class PlatformAway(Exception):
    """The platform does not answer, or not now: try again later."""


class PlatformRefused(Exception):
    """The platform knows no such address, or may not write to it: do not try again."""
