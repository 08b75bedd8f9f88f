"""
The figures of a period, exact at any moment.

Days that did not change since they were counted come from the roll-ups, whole weeks of
them from the sums of weeks; the others are counted live. Matters that name people are in
no roll-up: they are counted live among those that the viewer may see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from shuoshi.common.snapshots import one_snapshot
from shuoshi.matters.models import DailyFigure, Dirty, Matter, WeeklyFigure
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.measures import (
    condition,
    counted_by,
    naming,
    overdue,
    plain,
    raised_in,
    under,
    with_unit,
)
from shuoshi.matters.rules.figures import (
    FIGURES,
    MEASURES,
    OVERDUE,
    Figure,
    days_of,
    monday_of,
    whole_weeks,
)
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


Counts = dict[str, int]


@dataclass(frozen=True)
class Scope:
    """Whose figures: a mine, the units (None: all of it), and who looks (None: the house)."""

    mine_id: int
    units: frozenset[int] | None = None
    person: Standing | None = field(default=None, compare=False)

    def raised(self, period: "Period") -> QuerySet[Any]:
        """Return what was raised in the period and counts under these units."""
        return self.counted(raised_in(self.mine_id, period.since, period.until))

    def counted(self, matters: QuerySet[Matter]) -> QuerySet[Any]:
        """Return those of the matters that count under these units."""
        found = matters.filter(under(self.units, self.root_id))
        return with_unit(found, self.root_id)

    @cached_property
    def root_id(self) -> int:
        """The unit under which what is sealed counts."""
        return tree_of(self.mine_id).root_id


@dataclass(frozen=True)
class Period:
    """From a day until a day, both counted."""

    since: date
    until: date


@dataclass(frozen=True)
class Share:
    """A figure, worked out."""

    figure: Figure
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Figures:
    """What a page of figures shows."""

    by_unit: dict[int, Counts]
    by_channel: dict[str, Counts]
    by_week: dict[date, Counts]

    @property
    def total(self) -> Counts:
        return _added(self.by_unit.values())

    def shares(self) -> list[Share]:
        return shares_of(self.total)


def scope_of(person: Standing) -> Scope:
    """Return what a person's figures are about: the whole mine, or the units in their care."""
    if person.is_any(Role.COORDINATOR, Role.CHIEF):
        return Scope(person.mine_id or 0, None, person)
    return Scope(person.mine_id or 0, person.heads | person.leads, person)


def shares_of(counts: Counts) -> list[Share]:
    """Return every figure with its numerator and its denominator."""
    return [
        Share(figure, counts[figure.numerator], counts[figure.denominator])
        for figure in FIGURES.values()
    ]


def figures_of(scope: Scope, period: Period, *, now: datetime) -> Figures:
    """Return the figures of a scope and period as they are at this moment."""
    with one_snapshot():
        dirty = _dirty_days(scope, period)
        places = list(_by_place(scope, period, dirty))
        weeks = list(_by_week(scope, period, dirty))
        late = list(_overdue(scope, period, now))
    by_unit: dict[int, Counts] = {}
    by_channel: dict[str, Counts] = {}
    for row in places + late:
        _add(by_unit, row["unit_key"], row)
        _add(by_channel, row["channel"], row)
    by_week: dict[date, Counts] = {}
    for row in weeks:
        _add(by_week, monday_of(row["time_key"]), row)
    return Figures(by_unit, by_channel, by_week)


def matters_behind(
    scope: Scope,
    period: Period,
    measure: str,
    *,
    now: datetime,
    units: frozenset[int] | None = None,
    channel: str = "",
) -> QuerySet[Matter]:
    """
    Return the very matters that a number counts, in no order.

    :raises KeyError: if there is no such measure.
    """
    found = raised_in(scope.mine_id, period.since, period.until)
    if scope.person is not None:
        seen = matters_seen_by(scope.person).filter(mine_id=scope.mine_id)
        found = seen.filter(received_on__range=(period.since, period.until))
    for wanted in (scope.units, units):
        found = found.filter(under(wanted, scope.root_id))
    if channel:
        found = found.filter(channel=channel)
    return found.filter(condition(measure, now=now)).order_by()


def _dirty_days(scope: Scope, period: Period) -> list[date]:
    days = Dirty.objects.filter(
        mine_id=scope.mine_id, day__range=(period.since, period.until)
    )
    return list(days.values_list("day", flat=True).distinct())


def _by_place(scope: Scope, period: Period, dirty: list[date]) -> Iterator[Any]:
    """Yield the counts by unit and channel."""
    yield from _all_parts(scope, period, dirty, ("unit_key", "channel"))


def _by_week(scope: Scope, period: Period, dirty: list[date]) -> Iterator[Any]:
    """Yield the counts by week, those of single days under their day."""
    yield from _all_parts(scope, period, dirty, ("time_key",))


def _all_parts(
    scope: Scope, period: Period, dirty: list[date], keys: tuple[str, ...]
) -> Iterable[Any]:
    """Return the roll-ups of clean weeks and days and the live counts, one query."""
    first, end = whole_weeks(period.since, period.until)
    dirty_weeks = {monday_of(day) for day in dirty}
    weeks = WeeklyFigure.objects.filter(week__gte=first, week__lt=end)
    weeks = weeks.exclude(week__in=dirty_weeks)
    days = DailyFigure.objects.filter(_single_days(period, dirty_weeks))
    days = days.exclude(day__in=dirty)
    raised = scope.raised(period).annotate(time_key=F("received_on"))
    changed = plain(raised).filter(received_on__in=dirty)
    parts = [
        _summed(scope, weeks, "week", keys),
        _summed(scope, days, "day", keys),
        counted_by(naming(raised, scope.person), *keys),
    ]
    if dirty:
        parts.append(counted_by(changed, *keys))
    return parts[0].union(*parts[1:], all=True)


def _single_days(period: Period, dirty_weeks: Iterable[date]) -> Q:
    """Return the days that no clean week of the roll-ups covers."""
    first, end = whole_weeks(period.since, period.until)
    one = timedelta(days=1)
    wanted = Q(day__range=(period.since, min(first - one, period.until)))
    wanted |= Q(day__range=(max(end, period.since), period.until))
    days = [
        day
        for week in dirty_weeks
        if first <= week < end
        for day in days_of(week, week + timedelta(days=6))
    ]
    return wanted | Q(day__in=days) if days else wanted


def _summed(
    scope: Scope, rows: QuerySet[Any], time: str, keys: tuple[str, ...]
) -> QuerySet[Any, Any]:
    rows = rows.filter(mine_id=scope.mine_id)
    if scope.units is not None:
        rows = rows.filter(lead_unit__in=scope.units)
    named = rows.annotate(unit_key=F("lead_unit_id"), time_key=F(time))
    sums = {f"sum_{name}": Sum(name) for name in MEASURES}
    summed: QuerySet[Any, Any] = named.values(*keys).annotate(**sums)
    return summed


def _overdue(scope: Scope, period: Period, now: datetime) -> Iterable[Any]:
    late = scope.counted(Matter.objects.filter(overdue(now), mine_id=scope.mine_id))
    seen = plain(late) | naming(late, scope.person)
    found: Iterable[Any] = (
        seen.order_by()
        .values("unit_key", "channel", "received_on")
        .annotate(**{f"sum_{OVERDUE}": Count("pk")})
    )
    # Sorted by day here: few are overdue, while a period may hold a year's matters, and
    # a database that is told of both might walk along the wrong ones.
    return (row for row in found if period.since <= row["received_on"] <= period.until)


def _add(into: dict[Any, Counts], key: Any, row: dict[str, Any]) -> None:
    counts = into.setdefault(key, dict.fromkeys((*MEASURES, OVERDUE), 0))
    for name in counts:
        counts[name] += row.get(f"sum_{name}") or 0


def _added(several: Iterable[Counts]) -> Counts:
    total = dict.fromkeys((*MEASURES, OVERDUE), 0)
    for counts in several:
        for name, count in counts.items():
            total[name] += count
    return total
