"""Forget what left the house, and addresses that were never proved."""

from datetime import datetime, timedelta
from typing import Final

from shuoshi.notices.models import Address, Delivery, DeliveryState, Notice


KEPT: Final = timedelta(days=30)
# What is about a matter goes with the matter; what is about none, after half a year.
KEPT_WORDS: Final = timedelta(days=180)


def forget_deliveries(*, now: datetime) -> int:
    """Delete what ended long ago, and addresses whose code ran out; return how many."""
    old = (
        Notice.objects.filter(about=None, at__lt=now - KEPT_WORDS),
        Delivery.objects.exclude(state=DeliveryState.WAITING).filter(
            ended_at__lt=now - KEPT
        ),
        Address.objects.filter(confirmed_at=None, code_until__lt=now),
    )
    return sum(rows.delete()[0] for rows in old)
