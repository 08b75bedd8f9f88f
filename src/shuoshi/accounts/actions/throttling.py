"""Count tries, and refuse what is tried too often."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shuoshi.accounts.models import Tally
from shuoshi.accounts.rules.throttles import Throttle
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import keyed_hash


class TooOften(Refused):
    """This was tried too often; it may be tried again when the stretch is over."""

    def __init__(self, until: datetime) -> None:
        """Say so, and carry when it may be tried again (UTC)."""
        super().__init__(_("试得太频繁，请过几分钟再试。"))
        self.until = until


def count_try(throttle: Throttle, key: str, *, now: datetime) -> None:
    """
    Count one try under a key, across all workers.

    Call it outside the transaction of what is tried, or a refusal there undoes the count.

    :raises TooOften: if there were more than the throttle allows in this stretch.
    """
    row = Tally.objects.filter(
        kind=throttle.kind,
        key=keyed_hash(f"tally.{throttle.kind}", key),
        slot=throttle.slot(now),
    )
    if not row.update(count=F("count") + 1):
        _begin(throttle, key, now)
    if row.values_list("count", flat=True).get() > throttle.most:
        raise TooOften(throttle.ends_at(now))


def forget_tries(throttle: Throttle, key: str) -> None:
    """Begin anew for a key: whoever showed to be the owner is not held back."""
    Tally.objects.filter(
        kind=throttle.kind, key=keyed_hash(f"tally.{throttle.kind}", key)
    ).delete()


def sweep_tallies(*, now: datetime) -> int:
    """Delete the tallies of stretches that are over; return how many."""
    return Tally.objects.filter(ends_at__lt=now).delete()[0]


def _begin(throttle: Throttle, key: str, now: datetime) -> None:
    hashed, slot = keyed_hash(f"tally.{throttle.kind}", key), throttle.slot(now)
    try:
        with transaction.atomic():
            Tally.objects.create(
                kind=throttle.kind,
                key=hashed,
                slot=slot,
                count=1,
                ends_at=throttle.ends_at(now),
            )
    except IntegrityError:
        # Somebody else began it at the same moment.
        Tally.objects.filter(kind=throttle.kind, key=hashed, slot=slot).update(
            count=F("count") + 1
        )
