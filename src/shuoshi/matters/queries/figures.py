"""
The numbers of a year, exact at any moment, and the lists behind them.

Days that did not change since they were counted come from the roll-ups, whole months of
them from the sums of months; the others are counted live. What names somebody as its
object is counted for nobody, so that all see the same numbers and none can compare.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from shuoshi.common.snapshots import one_snapshot
from shuoshi.matters.models import DailyFigure, Dirty, Matter, MonthlyFigure
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.measures import (
    condition,
    counts_by,
    overdue,
    plain,
    under,
    with_unit,
)
from shuoshi.matters.rules.figures import MEASURES, OVERDUE, first_of_month
from shuoshi.matters.rules.spans import Span
from shuoshi.org.queries.units import Tree, tree_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


Counts = dict[str, int]
ByMonth = dict[int, Counts]


@dataclass(frozen=True)
class Scope:
    """Whose figures: a mine, the units (None: all of it), and who looks."""

    mine_id: int
    units: frozenset[int] | None = None
    person: Standing | None = field(default=None, compare=False)

    @cached_property
    def tree(self) -> Tree:
        """The units of the mine, asked for once."""
        return tree_of(self.mine_id)

    @property
    def tops(self) -> tuple[int, ...]:
        """The highest units in the scope, in the order of the tree."""
        units = self.tree.units
        if self.units is None:
            return (self.tree.root_id,)
        return tuple(
            pk
            for pk, unit in units.items()
            if pk in self.units and unit.parent_id not in self.units
        )

    def within(self, code: str) -> "Scope":
        """Return the scope of a unit with all below it, as far as it lies in this one."""
        units = self.tree.units.values()
        chosen = frozenset(unit.pk for unit in units if unit.code == code)
        below = self.tree.at_and_below(chosen)
        if self.units is not None:
            below &= self.units
        return Scope(self.mine_id, below, self.person)


@dataclass(frozen=True)
class Tally:
    """The numbers of a mine's year by month: of every unit, and of every source."""

    by_unit: dict[int, ByMonth]
    by_channel: dict[str, ByMonth]


def scope_of(person: Standing) -> Scope:
    """Return what a person's figures are about: the whole mine, or the units in their care."""
    if person.is_any(Role.COORDINATOR, Role.CHIEF):
        return Scope(person.mine_id or 0, None, person)
    return Scope(person.mine_id or 0, person.heads | person.leads, person)


def tally_of(mine_id: int, year: int, *, now: datetime) -> Tally:
    """Return the numbers of a mine's year as they are at this moment, nothing hidden."""
    span = Span(year)
    root_id = tree_of(mine_id).root_id
    with one_snapshot():
        dirty = _dirty_days(mine_id, span)
        places = list(_rolled(mine_id, span, dirty))
        live = list(_live(mine_id, root_id, dirty))
        late = list(_overdue(mine_id, root_id, span, now))
    found = Tally({}, {})
    for row in (*places, *live, *late):
        month = row["time_key"].month
        _add(found.by_unit.setdefault(row["unit_key"], {}), month, row)
        _add(found.by_channel.setdefault(row["channel"], {}), month, row)
    return found


def matters_behind(
    scope: Scope,
    span: Span,
    measure: str,
    *,
    now: datetime,
    units: frozenset[int] | None = None,
    channel: str = "",
) -> QuerySet[Matter]:
    """
    Return the very matters that a number counts, as far as the person sees them.

    :raises KeyError: if there is no such measure.
    """
    found = Matter.objects.all()
    if scope.person is not None:
        found = matters_seen_by(scope.person)
    found = plain(found).filter(
        mine_id=scope.mine_id, received_on__range=(span.since, span.until)
    )
    for wanted in (scope.units, units):
        found = found.filter(under(wanted, scope.tree.root_id))
    if channel:
        found = found.filter(channel=channel)
    return found.filter(condition(measure, now=now)).order_by()


def _dirty_days(mine_id: int, span: Span) -> list[date]:
    days = Dirty.objects.filter(mine_id=mine_id, day__range=(span.since, span.until))
    return list(days.values_list("day", flat=True).distinct())


def _rolled(mine_id: int, span: Span, dirty: list[date]) -> Iterable[Any]:
    """Return the sums of clean months and of single clean days, in one query."""
    dirty_months = {first_of_month(day) for day in dirty}
    months = _sums(MonthlyFigure, "month").filter(
        mine_id=mine_id, month__range=(span.since, span.until)
    )
    rows = months.exclude(month__in=dirty_months)
    # A part for each month: told of several at once, a database reads all days.
    return rows.union(
        *(
            _sums(DailyFigure, "day")
            .filter(mine_id=mine_id, day__range=(month.since, month.until))
            .exclude(day__in=dirty)
            for month in span.months
            if month.since in dirty_months
        ),
        all=True,
    )


@cache
def _sums(model: type[DailyFigure | MonthlyFigure], time: str) -> QuerySet[Any, Any]:
    """Return the sums of all roll-ups by unit, source and time, to be filtered."""
    sums = {f"sum_{name}": Sum(name) for name in MEASURES}
    named = model._default_manager.annotate(
        unit_key=F("lead_unit_id"), time_key=F(time)
    )
    rows: QuerySet[Any, Any] = named.values("unit_key", "channel", "time_key").annotate(
        **sums
    )
    return rows


def _live(mine_id: int, root_id: int, dirty: list[date]) -> Iterable[Any]:
    """Return what no roll-up holds, by day, unit and source, in one query."""
    counted = counts_by(root_id, "received_on", "unit_key", "channel")
    found: Iterable[Any] = plain(counted).filter(mine_id=mine_id, received_on__in=dirty)
    return ({**row, "time_key": row["received_on"]} for row in found)


def _overdue(mine_id: int, root_id: int, span: Span, now: datetime) -> Iterable[Any]:
    late = with_unit(
        plain(Matter.objects.filter(overdue(now), mine_id=mine_id)), root_id
    )
    found: Iterable[Any] = (
        late.order_by()
        .values("unit_key", "channel", time_key=F("received_on"))
        .annotate(**{f"sum_{OVERDUE}": Count("pk")})
    )
    # Sorted by day here: few are overdue, while a year may hold very many matters, and
    # a database that is told of both might walk along the wrong ones.
    return (row for row in found if span.since <= row["time_key"] <= span.until)


def _add(into: ByMonth, month: int, row: dict[str, Any]) -> None:
    counts = into.setdefault(month, dict.fromkeys((*MEASURES, OVERDUE), 0))
    for name in counts:
        counts[name] += row.get(f"sum_{name}") or 0
