"""What a rule of open days must be so that somebody can be received by it. Pure."""

from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.reception.rules.bookings import Hours
from shuoshi.reception.rules.open_days import Fallback, check_recurrence


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


def check_rule(ruled: Ruled) -> None:
    """
    Refuse a rule by which nobody could be received.

    :raises RuleRefused: naming the field.
    :raises RecurrenceRefused: for what is no rule of RFC 5545 by month or week.
    """
    check_recurrence(ruled.recurrence)
    if ruled.fallback not in Fallback.values:
        raise RuleRefused(_("请选一种办法。"), field="fallback")
    hours = Hours(ruled.starts_at, ruled.ends_at, ruled.slot_minutes)
    if not list(hours.times()):
        raise RuleRefused(_("这段时间里一个号也放不下。"), field="ends_at")
