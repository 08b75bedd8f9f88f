"""Take each message once, however often and however simultaneously it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from shuoshi.common.sealing import SealBroken, keyed_hash, new_box, open_box
from shuoshi.platforms.models import Received


# Platforms repeat themselves within seconds; the number of a message is known longer.
ANSWER_KEPT: Final = timedelta(minutes=3)
NUMBER_KEPT: Final = timedelta(days=2)


@dataclass(frozen=True)
class Answered:
    """What is answered, and whether it was before. ``pk`` finds it for a task."""

    text: str
    again: bool
    pk: int


def take_once(
    platform: str,
    number: str,
    answer: Callable[[], str],
    *,
    now: datetime,
    address: str = "",
) -> Answered:
    """
    Take a message by the platform's number, and return what is answered to it.

    ``answer`` does whatever the message asks for, in the same transaction: both are done,
    or neither, and the platform may send it again. What came before gets its answer again.

    ``address`` is kept sealed with the answer, where the answer goes another way.
    """
    digest = keyed_hash("platforms.received", f"{platform} {number}")
    row = Received(
        platform=platform,
        digest=digest,
        hour=now.replace(minute=0, second=0, microsecond=0),
        answer_until=now + ANSWER_KEPT,
    )
    try:
        with transaction.atomic():
            # Whoever sends the same at the same moment waits here for this one.
            row.save(force_insert=True)
            text = answer()
            box = new_box(f"received:{row.uid}")
            row.key, row.answer = box.wrapped, box.seal(text, "answer")
            row.address = box.seal(address, "address") if address else ""
            row.save(update_fields=["key", "answer", "address"])
    except IntegrityError:
        before = Received.objects.filter(platform=platform, digest=digest).first()
        if before is None:
            raise
        return Answered(_opened(before, "answer"), again=True, pk=before.pk)
    return Answered(text, again=False, pk=row.pk)


def answer_behind(pk: int) -> tuple[str, str, str] | None:
    """Return platform, address and answer of what waits to be answered another way."""
    row = Received.objects.filter(pk=pk).exclude(address="").first()
    if row is None:
        return None
    address, text = _opened(row, "address"), _opened(row, "answer")
    return (row.platform, address, text) if address and text else None


def forget_answer(pk: int) -> None:
    """Keep nothing of an answer that was given; its number stays for a while."""
    Received.objects.filter(pk=pk).update(
        key="", answer="", address="", answer_until=None
    )


def forget_received(*, now: datetime) -> int:
    """Forget answers after minutes and numbers after days; return how many."""
    late = Received.objects.filter(answer_until__lt=now)
    forgotten = late.update(key="", answer="", address="", answer_until=None)
    return forgotten + Received.objects.filter(hour__lt=now - NUMBER_KEPT).delete()[0]


def _opened(row: Received, name: str) -> str:
    sealed = getattr(row, name)
    if not sealed:
        return ""
    try:
        return open_box(f"received:{row.uid}", row.key).open(sealed, name)
    except SealBroken:
        return ""
