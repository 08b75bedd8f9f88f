"""Find what the clock has to do something about now: range queries, never a scan."""

from datetime import datetime

from django.db.models import QuerySet

from shuoshi.matters.models import Matter, Part
from shuoshi.matters.rules.states import OPEN


def due_to_climb(*, now: datetime) -> QuerySet[Matter]:
    """Return the matters whose next warning, or whose rating window, is up."""
    return Matter.objects.filter(next_rung_at__lte=now).order_by("next_rung_at", "pk")


def parts_overdue(*, now: datetime) -> QuerySet[Part]:
    """Return the shares of other units that are late and not yet spoken of."""
    late = Part.objects.filter(done_at=None, warned_at=None, due_at__lt=now)
    return late.select_related("matter").order_by("due_at", "pk")


def still_provisional(*, mine_id: int | None = None) -> QuerySet[Matter]:
    """Return the open matters whose deadline rests on a year without a plan."""
    found = Matter.objects.filter(provisional=True, state__in=sorted(OPEN))
    return found.filter(mine_id=mine_id) if mine_id else found
