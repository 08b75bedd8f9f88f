"""Find what the clock has to do something about now: range queries, never a scan."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from shuoshi.matters.models import Matter, Part
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.states import OPEN


def due_to_climb(*, now: datetime) -> QuerySet[Matter]:
    """Return the matters whose next warning, or whose rating window, is up."""
    return Matter.objects.filter(next_rung_at__lte=now).order_by("next_rung_at", "pk")


def parts_overdue(*, now: datetime) -> QuerySet[Part]:
    """Return the shares of other units that are late and not yet spoken of."""
    late = Part.objects.filter(done_at=None, warned_at=None, due_at__lt=now)
    return late.select_related("matter").order_by("due_at", "pk")


def touched_by_calendar(*, since: date | None = None) -> QuerySet[Matter]:
    """Return the open matters that are provisional, or due on or after a day."""
    touched = Q(provisional=True)
    if since is not None:
        start = datetime.combine(since, time.min, tzinfo=ZONE)
        touched |= Q(answer_due_at__gte=start) | Q(due_at__gte=start)
    return Matter.objects.filter(touched, state__in=sorted(OPEN)).order_by("pk")
