"""How often something was tried."""

from datetime import datetime

from shuoshi.accounts.models import Tally
from shuoshi.accounts.rules.throttles import Throttle
from shuoshi.common.sealing import keyed_hash


def tries_counted(throttle: Throttle, key: str, *, now: datetime) -> int:
    """Return how often something was tried in this stretch."""
    counted = Tally.objects.filter(
        kind=throttle.kind,
        key=keyed_hash(f"tally.{throttle.kind}", key),
        slot=throttle.slot(now),
    )
    return counted.values_list("count", flat=True).first() or 0
