"""
Keep floods and guesses out without locking anybody out.

While it is calm nobody is asked for anything. When more is spoken than a house ever
hears, or receipts are guessed, everybody brings a proof of work, the harder the busier
it is; whoever brings one gets in. A few go in without, for those who have no scripts.
Addresses are not looked at, so there is nothing to keep of them.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.throttling import TooOften, count_try
from shuoshi.accounts.queries.tries import tries_counted
from shuoshi.accounts.rules.throttles import Throttle
from shuoshi.channels.rules.puzzles import (
    GRACE_BITS,
    HOLDS,
    bits_for,
    new_puzzle,
    puzzle_of,
)
from shuoshi.common.hours import hour_of
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import keyed_hash
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.actions.referring import referral_of_receipt
from shuoshi.matters.models import Matter, Referral
from shuoshi.reception.models import Booking
from shuoshi.reception.queries.bookings import booking_of_receipt
from shuoshi.trail.actions import note


# No finer than what is kept of the anonymous: one row counts a whole hour.
STRETCH: Final = timedelta(hours=1)
ANY: Final = 10**9
HOUSE: Final = "house"
# Slips of the finger in a whole house in an hour; more are guesses.
MISSES: Final = 60
WITHOUT: Final = 40
PASS_HOLDS: Final = 3600
NOTED: Final = Throttle("receipt.noted", 1, STRETCH)
USED: Final = Throttle("proof", 1, HOLDS)


class ProofNeeded(Refused):
    """It is busy: this needs a proof of work, or to wait."""

    def __init__(self) -> None:
        """Say what to do, to people with and without scripts."""
        super().__init__(
            _(
                "现在提交的人很多。请再按一次按钮；还是不行，就过几分钟再试，或者打电话。"
            )
        )


@dataclass(frozen=True)
class Door:
    """One thing that everybody may do, and what is counted of it."""

    purpose: str

    @property
    def counted(self) -> Throttle:
        return Throttle(self.purpose, ANY, STRETCH)

    @property
    def without(self) -> Throttle:
        return Throttle(f"{self.purpose}.without", WITHOUT, STRETCH)

    @property
    def calm(self) -> int:
        return settings.SHUOSHI_CALM if self.purpose == SPEAK else MISSES

    def bits(self, now: datetime) -> int:
        """Return how hard a proof must be at this moment; 0 if none is needed."""
        load = tries_counted(self.counted, HOUSE, now=now)
        return bits_for(load, self.calm)

    def puzzle(self, now: datetime) -> str:
        """Return a puzzle for whoever stands here."""
        return new_puzzle(self.purpose, bits=self.bits(now), now=now)

    def count(self, now: datetime) -> None:
        """Count one that went through."""
        count_try(self.counted, HOUSE, now=now)

    def let_in(self, proof: str, *, now: datetime) -> None:
        """
        Let somebody in. Call it outside any transaction, before the work begins.

        ``proof`` is a puzzle and its answer, parted by a colon.

        :raises ProofNeeded: if it is busy and there is no good proof.
        """
        needed = self.bits(now)
        if not needed or self._is_good(proof, needed, now):
            return
        try:
            count_try(self.without, HOUSE, now=now)
        except TooOften:
            raise ProofNeeded from None

    def _is_good(self, proof: str, needed: int, now: datetime) -> bool:
        text, _colon, answer = proof.rpartition(":")
        puzzle = puzzle_of(text, purpose=self.purpose, now=now)
        if puzzle is None or puzzle.bits < needed - GRACE_BITS:
            return False
        if not puzzle.is_solved_by(answer):
            return False
        try:
            # Once only; counted where it ends, so that no stretch is over before it.
            count_try(USED, puzzle.text, now=puzzle.until)
        except TooOften:
            return False
        return True


SPEAK: Final = "speak"
RECEIPT: Final = "receipt"
SPEAKING, ASKING = Door(SPEAK), Door(RECEIPT)


@dataclass(frozen=True)
class Behind:
    """What a receipt is of: a matter, a letter that goes up, or nothing."""

    matter: Matter | None = None
    letter: Referral | None = None


def behind(receipt: str, *, proof: str, now: datetime, seen: str = "") -> Behind:
    """
    Return what a receipt is of; a wrong one is counted, whoever asked.

    Who holds a pass for this very receipt was let in before.

    :raises ProofNeeded: if many were wrong lately and there is no good proof.
    """
    if not hmac.compare_digest(seen.encode(), pass_for(receipt, now=now).encode()):
        ASKING.let_in(proof, now=now)
    matter = matter_of_receipt(receipt)
    letter = None if matter else referral_of_receipt(receipt)
    if matter is None and letter is None:
        _count_miss(now)
    return Behind(matter, letter)


def _count_miss(now: datetime) -> None:
    """Count a wrong receipt; that they are guessed goes on record once an hour."""
    ASKING.count(now)
    if not ASKING.bits(now):
        return
    try:
        count_try(NOTED, HOUSE, now=now)
    except TooOften:
        return
    note("channels.receipts_refused", by="nobody", at=hour_of(now))


def booking_behind(
    receipt: str, *, proof: str, now: datetime, seen: str = ""
) -> Booking | None:
    """
    Return the booking of a receipt; a wrong one is counted, as for ``behind``.

    :raises ProofNeeded: if many were wrong lately and there is no good proof.
    """
    if not hmac.compare_digest(seen.encode(), pass_for(receipt, now=now).encode()):
        ASKING.let_in(proof, now=now)
    booking = booking_of_receipt(receipt)
    if booking is None:
        ASKING.count(now)
    return booking


def matter_behind(
    receipt: str, *, proof: str, now: datetime, seen: str = ""
) -> Matter | None:
    """
    Return the matter of a receipt, as ``behind`` does; None for a letter that goes up.

    :raises ProofNeeded: if many were wrong lately and there is no good proof.
    """
    return behind(receipt, proof=proof, now=now, seen=seen).matter


def pass_for(receipt: str, *, now: datetime) -> str:
    """Return what lets the holder of a receipt take further steps this hour."""
    return keyed_hash("pass", f"{int(now.timestamp()) // PASS_HOLDS}.{receipt}")
