"""Say for how long each kind is kept in a mine, and what a run was shown to do."""

from dataclasses import dataclass

from django.db.models import QuerySet

from shuoshi.privacy.models import Period, RetentionPlan
from shuoshi.privacy.rules.kinds import USUAL, Kept


@dataclass(frozen=True)
class PeriodOf:
    """For how long one kind is kept, and what comes then."""

    kind: Kept
    months: int
    ground: str
    fate: str


def periods_of(mine_id: int) -> list[PeriodOf]:
    """Return the period of every kind: the mine's own, else the usual one."""
    own = {one.kind: one for one in Period.objects.filter(mine_id=mine_id)}
    return [
        PeriodOf(kind, held.months, str(held.ground), held.fate)
        for kind in Kept
        for held in [own.get(kind) or USUAL[kind]]
    ]


def plans_in(mine_id: int) -> QuerySet[RetentionPlan]:
    """Return the plans of a mine, the newest first."""
    return RetentionPlan.objects.filter(mine_id=mine_id).order_by("-pk")


def confirmed_plans() -> QuerySet[RetentionPlan]:
    """Return the plans that somebody confirmed and nobody has carried out."""
    return RetentionPlan.objects.filter(
        confirmed_at__isnull=False, done_at=None, outdated=False
    ).order_by("pk")
