"""What a rule of open days must be so that somebody can be received by it. Pure."""

import hashlib
from dataclasses import dataclass, fields
from datetime import time
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.reception.rules.bookings import Hours
from shuoshi.reception.rules.open_days import Fallback, check_recurrence


if TYPE_CHECKING:
    from shuoshi.reception.models import OpenDayRule

MOST_ANNOUNCE_DAYS: Final = 60


class RuleRefused(Refused):
    """Nobody can be received by this rule."""


@dataclass(frozen=True)
class Ruled:
    """A rule as it is wished for; times as on the wall, announced so many days before."""

    recurrence: str
    fallback: str
    announce_days: int
    starts_at: time
    ends_at: time
    slot_minutes: int


def mark_of(rule: "Ruled | OpenDayRule") -> str:
    """Return a short mark of what a rule says: two that differ bear different ones."""
    said = "|".join(str(getattr(rule, one.name)) for one in fields(Ruled))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def check_rule(ruled: Ruled) -> None:
    """
    Refuse a rule by which nobody could be received.

    :raises RuleRefused: naming the field.
    :raises RecurrenceRefused: for what is no rule of RFC 5545 by month or week.
    """
    check_recurrence(ruled.recurrence)
    if ruled.fallback not in Fallback.values:
        raise RuleRefused(_("请选一种办法。"), field="fallback")
    if not 0 <= ruled.announce_days <= MOST_ANNOUNCE_DAYS:
        raise RuleRefused(
            _("请写 0 到 %(most)d 之间的天数。") % {"most": MOST_ANNOUNCE_DAYS},
            field="announce_days",
        )
    hours = Hours(ruled.starts_at, ruled.ends_at, ruled.slot_minutes)
    if not list(hours.times()):
        raise RuleRefused(_("这段时间里一个号也放不下。"), field="ends_at")
