"""What the worker does for matters: warn, close, count, reckon anew."""

from datetime import time, timedelta

from django.utils.timezone import now

from shuoshi.jobs.actions import periodic
from shuoshi.matters.actions.handing_over import hand_over_waiting
from shuoshi.matters.actions.ledger_drafts import sweep_drafts
from shuoshi.matters.actions.search import tidy_index
from shuoshi.matters.actions.warnings import (
    climb_ladder,
    recalculate_deadlines,
    warn_of_late_parts,
)


@periodic(every=timedelta(minutes=1), atomic=False)
def warn() -> None:
    """Move what is due up the ladder, close what was not rated in time."""
    climb_ladder(now=now())
    warn_of_late_parts(now=now())


@periodic(every=timedelta(minutes=1), atomic=False)
def hand_over_to_committees() -> None:
    """Seal to the committees' keys what was sealed before there were any."""
    hand_over_waiting(now=now())


@periodic(daily_at=time(3, 30), atomic=False)
def reckon_provisional_anew() -> None:
    """Make up for a recalculation that was cut short when a year was loaded."""
    recalculate_deadlines(now=now())


@periodic(daily_at=time(2, 50))
def sweep_ledger_drafts() -> None:
    """Forget uploaded ledgers that nobody came back to import."""
    sweep_drafts(now=now())


@periodic(daily_at=time(4, 10), atomic=False)
def tidy_words() -> None:
    """Let what was taken out of the index of words be gone for good."""
    tidy_index()
