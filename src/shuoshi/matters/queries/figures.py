"""
The figures of a period, exact at any moment.

Days that did not change since they were counted come from the roll-ups, whole weeks of
them from the sums of weeks; the others are counted live. Matters that name people are in
no roll-up: they are counted live among those that the viewer may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from shuoshi.common.snapshots import one_snapshot
from shuoshi.matters.models import DailyFigure, Dirty, Matter, WeeklyFigure
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.measures import (
    condition,
    counts_by,
    naming,
    overdue,
    plain,
    raised_in,
    seen_by,
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
from shuoshi.org.queries.units import Tree, tree_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


DAY = timedelta(days=1)
Counts = dict[str, int]


@dataclass(frozen=True)
class Scope:
    """Whose figures: a mine, the units (None: all of it), and who looks (None: the house)."""

    mine_id: int
    units: frozenset[int] | None = None
    person: Standing | None = field(default=None, compare=False)

    def counted(self, matters: QuerySet[Matter]) -> QuerySet[Any]:
        """Return those of the matters that count under these units."""
        found = matters.filter(under(self.units, self.root_id))
        return with_unit(found, self.root_id)

    @cached_property
    def tree(self) -> Tree:
        """The units of the mine, asked for once."""
        return tree_of(self.mine_id)

    @property
    def root_id(self) -> int:
        """The unit under which what is sealed counts."""
        return self.tree.root_id

    def within(self, code: str) -> "Scope":
        """Return the scope of a unit with all below it, as far as it lies in this one."""
        units = self.tree.units.values()
        chosen = frozenset(unit.pk for unit in units if unit.code == code)
        below = self.tree.at_and_below(chosen)
        narrower = Scope(
            self.mine_id,
            below if self.units is None else below & self.units,
            self.person,
        )
        narrower.__dict__["tree"] = self.tree
        return narrower


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
        places = list(_rolled(scope, period, dirty, ("unit_key", "channel")))
        times = list(_rolled(scope, period, dirty, ("time_key",)))
        live = list(_live(scope, period, dirty))
        late = list(_overdue(scope, period, now))
    found = Figures({}, {}, {})
    for row in places + live + late:
        _add(found.by_unit, row["unit_key"], row)
        _add(found.by_channel, row["channel"], row)
    for row in times:
        _add(found.by_week, monday_of(row["time_key"]), row)
    for row in live:
        _add(found.by_week, monday_of(row["received_on"]), row)
    return found


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


def _rolled(
    scope: Scope, period: Period, dirty: list[date], keys: tuple[str, ...]
) -> Iterable[Any]:
    """Return the roll-ups of clean weeks and of single clean days, in one query."""
    first, end = whole_weeks(period.since, period.until)
    dirty_weeks = {monday_of(day) for day in dirty}
    weeks = _sums(WeeklyFigure, "week", keys).filter(week__gte=first, week__lt=end)
    days = _sums(DailyFigure, "day", keys)
    # A part for each stretch: told of several at once, a database reads all days.
    whole, *rest = [
        _of(scope, weeks.exclude(week__in=dirty_weeks)),
        *(
            _of(scope, days.filter(stretch).exclude(day__in=dirty))
            for stretch in _single_days(period, dirty_weeks)
        ),
    ]
    return whole.union(*rest, all=True) if rest else whole


def _of(scope: Scope, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    rows = rows.filter(mine_id=scope.mine_id)
    return rows if scope.units is None else rows.filter(lead_unit__in=scope.units)


@cache
def _sums(
    model: type[DailyFigure | WeeklyFigure], time: str, keys: tuple[str, ...]
) -> QuerySet[Any, Any]:
    """Return the sums of all roll-ups by these keys, to be filtered; made once."""
    sums = {f"sum_{name}": Sum(name) for name in MEASURES}
    named = model._default_manager.annotate(
        unit_key=F("lead_unit_id"), time_key=F(time)
    )
    rows: QuerySet[Any, Any] = named.values(*keys).annotate(**sums)
    return rows


def _live(scope: Scope, period: Period, dirty: list[date]) -> Iterable[Any]:
    """Return what no roll-up holds, by day, unit and channel, in one query."""
    all_of_them = counts_by(scope.root_id, "received_on", "unit_key", "channel")
    raised = all_of_them.filter(
        under(scope.units, scope.root_id),
        mine_id=scope.mine_id,
        received_on__range=(period.since, period.until),
    )
    live = naming(raised, scope.person)
    if dirty:
        live = live.union(plain(raised).filter(received_on__in=dirty), all=True)
    return live


def _single_days(period: Period, dirty_weeks: set[date]) -> list[Q]:
    """Return the stretches of days that no clean week of the roll-ups covers."""
    first, end = whole_weeks(period.since, period.until)
    before = (period.since, min(first - DAY, period.until))
    after = (max(end, period.since), period.until)
    stretches = [
        Q(day__range=stretch) for stretch in (before, after) if stretch[0] <= stretch[1]
    ]
    days = [
        day
        for week in sorted(dirty_weeks)
        if first <= week < end
        for day in days_of(week, week + 6 * DAY)
    ]
    return [*stretches, Q(day__in=days)] if days else stretches


def _overdue(scope: Scope, period: Period, now: datetime) -> Iterable[Any]:
    late = scope.counted(Matter.objects.filter(overdue(now), mine_id=scope.mine_id))
    found: Iterable[Any] = (
        seen_by(late, scope.person)
        .order_by()
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
