"""
Proof of work: a sum that costs the asker a moment and the house nothing to check.

A puzzle says what it is for, how hard it is, until when it holds, and carries our mark.
Its answer is a number that, written behind it, gives a SHA-256 that begins with so many
zero bits. Nobody is asked who they are or where they sit.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, log2
from typing import Final

from shuoshi.common.sealing import keyed_hash


HOLDS: Final = timedelta(hours=2)
# A slow phone tries some 30 000 a second: half a second at the least, some minutes at most.
EASIEST, HARDEST = 14, 22
# A form may have been opened before it became so busy.
GRACE_BITS: Final = 3
LONGEST: Final = 160


@dataclass(frozen=True)
class Puzzle:
    """A puzzle that was given out by us."""

    text: str
    bits: int
    until: datetime

    def is_solved_by(self, answer: str) -> bool:
        """Tell whether this is the answer."""
        digest = hashlib.sha256(f"{self.text}:{answer}".encode()).digest()
        return int.from_bytes(digest, "big") >> (256 - self.bits) == 0


def bits_for(load: int, calm: int) -> int:
    """Return how hard a puzzle must be under so much load; 0 while it is calm."""
    if load < calm:
        return 0
    return min(HARDEST, EASIEST + ceil(log2((load + 1) / calm)))


def new_puzzle(purpose: str, *, bits: int, now: datetime) -> str:
    """Return a puzzle, never easier than the easiest: it is solved while people type."""
    until = int((now + HOLDS).timestamp())
    said = f"{purpose}.{max(bits, EASIEST)}.{until}.{secrets.token_hex(8)}"
    return f"{said}.{_mark(said)}"


def puzzle_of(text: str, *, purpose: str, now: datetime) -> Puzzle | None:
    """Return the puzzle if we gave it out for this purpose and it still holds."""
    said, _dot, mark = text.rpartition(".")
    if len(text) > LONGEST or not text.isascii():
        return None
    if not hmac.compare_digest(_mark(said), mark):
        return None
    for_what, bits, until, _salt = said.split(".")
    ends = datetime.fromtimestamp(int(until), UTC)
    if for_what != purpose or ends <= now:
        return None
    return Puzzle(text, int(bits), ends)


def _mark(said: str) -> str:
    return keyed_hash("puzzle", said)[:24]
