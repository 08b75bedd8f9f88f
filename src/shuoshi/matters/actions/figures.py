"""Count the days that changed, so that figures of years cost what those of a day do."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from shuoshi.matters.models import DailyFigure, Dirty, MonthlyFigure
from shuoshi.matters.queries.measures import counts_by, plain
from shuoshi.matters.rules.figures import MEASURES, first_of_month
from shuoshi.matters.rules.spans import month_with
from shuoshi.org.queries.units import tree_of


# The first number of the lock that counting takes; the second is the mine.
LOCK = 20_271
_WAIT = {
    "sqlite": "SELECT %s, %s",
    "postgresql": "SELECT pg_advisory_xact_lock(%s, %s)",
}
BATCH = 500


def recount_dirty(*, most: int = 400) -> int:
    """
    Count anew at most so many of the days that changed; return how many there were.

    A month is one transaction. What changes meanwhile leaves a mark of its own, and only
    the marks that were there before the counting are taken away.
    """
    marked = Dirty.objects.order_by("mine_id", "day").values_list("mine_id", "day")
    days = list(marked.distinct()[:most])
    months: dict[tuple[int, date], list[date]] = {}
    for mine_id, day in days:
        months.setdefault((mine_id, first_of_month(day)), []).append(day)
    for (mine_id, month), dirty in months.items():
        recount_month(mine_id, month, dirty)
    return len(days)


@transaction.atomic
def recount_month(mine_id: int, month: date, days: Sequence[date]) -> None:
    """Count these days of a month anew, and the month's sums with them."""
    _wait_for_others(mine_id)
    marks = Dirty.objects.filter(mine_id=mine_id, day__in=days)
    Dirty.objects.filter(pk__in=list(marks.values_list("pk", flat=True))).delete()
    _count(mine_id, days)
    _sum(mine_id, month)


def _wait_for_others(mine_id: int) -> None:
    """
    Let one worker count a mine at a time.

    Two would each see the day as it was, and the later writer need not be the one who
    saw the later state. SQLite has let in only one writer anyway.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAIT[connection.vendor], [LOCK, mine_id])


def _count(mine_id: int, days: Sequence[date]) -> None:
    found = counts_by(tree_of(mine_id).root_id, "received_on", "unit_key", "channel")
    found = plain(found.filter(mine_id=mine_id, received_on__in=days))
    DailyFigure.objects.filter(mine_id=mine_id, day__in=days).delete()
    DailyFigure.objects.bulk_create(
        (
            DailyFigure(
                mine_id=mine_id,
                day=row["received_on"],
                lead_unit_id=row["unit_key"],
                channel=row["channel"],
                **{name: row[f"sum_{name}"] for name in MEASURES},
            )
            for row in found
        ),
        batch_size=BATCH,
    )


def _sum(mine_id: int, month: date) -> None:
    days = DailyFigure.objects.filter(
        mine_id=mine_id, day__range=(month, month_with(month).until)
    )
    sums: QuerySet[Any, Any] = days.values("lead_unit_id", "channel").annotate(
        **{f"sum_{name}": Sum(name) for name in MEASURES}
    )
    MonthlyFigure.objects.filter(mine_id=mine_id, month=month).delete()
    MonthlyFigure.objects.bulk_create(
        (
            MonthlyFigure(
                mine_id=mine_id,
                month=month,
                lead_unit_id=row["lead_unit_id"],
                channel=row["channel"],
                **{name: row[f"sum_{name}"] for name in MEASURES},
            )
            for row in sums
        ),
        batch_size=BATCH,
    )
