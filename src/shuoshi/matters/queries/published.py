"""
The figures that may be shown: one set for everybody, cells under five and their traces out.

What is hidden is decided once over the whole year and all units of the mine, from the
numbers alone; a page, an export or the wall shows a part of it and never more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shuoshi.matters.queries.figures import ByMonth, Scope, Tally, tally_of
from shuoshi.matters.rules.cells import ORDER
from shuoshi.matters.rules.figures import FIGURES, Figure
from shuoshi.matters.rules.spans import STRETCHES, Span, months_of
from shuoshi.matters.rules.states import Channel
from shuoshi.matters.rules.suppression import (
    Hidden,
    Year,
    hidden_parts,
    hidden_whole,
)
from shuoshi.org.queries.units import Tree


# A number, or none where it is hidden.
Shown = dict[str, int | None]
ZEROS = dict.fromkeys(ORDER, 0)


@dataclass(frozen=True)
class Share:
    """A figure as it may be shown: both of its numbers, or none of them."""

    figure: Figure
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class Row:
    """What may be shown of a unit or a source; ``own`` leaves the units below out."""

    key: str
    shown: Shown
    own: bool = False


@dataclass(frozen=True)
class Published:
    """The figures of a scope and a span; rows are in an order that tells nothing."""

    span: Span
    total: Shown
    units: list[Row]
    channels: list[Row]
    months: list[tuple[Span, Shown]]

    @property
    def shares(self) -> list[Share]:
        return [share_of(figure, self.total) for figure in FIGURES.values()]


def share_of(figure: Figure, shown: Shown) -> Share:
    """Return a figure; one of its numbers alone is not shown."""
    numbers = shown[figure.numerator], shown[figure.denominator]
    return Share(figure, *((None, None) if None in numbers else numbers))


def published_figures(scope: Scope, span: Span, *, now: datetime) -> Published:
    """Return what may be shown of the figures of a scope, whoever looks."""
    books = Books(scope.tree, tally_of(scope.mine_id, span.year, now=now))
    tops = scope.tops

    def total(stretch: int) -> Shown:
        return _added([books.shown(top, stretch) for top in tops])

    return Published(
        span,
        total(span.stretch),
        units=books.rows(tops, span.stretch),
        channels=books.channels(span.stretch) if books.root in tops else [],
        months=[(month, total(month.stretch)) for month in span.months],
    )


def published_shares(
    scope: Scope, spans: Sequence[Span], *, now: datetime
) -> list[Share]:
    """Return the figures of several spans together: no sum where a part is hidden."""
    shown, years = [], {span.year for span in spans}
    for year in sorted(years):
        books = Books(scope.tree, tally_of(scope.mine_id, year, now=now))
        shown += [
            books.shown(top, span.stretch)
            for span in spans
            if span.year == year
            for top in scope.tops
        ]
    total = _added(shown)
    return [share_of(figure, total) for figure in FIGURES.values()]


class Books:
    """A mine's year: the numbers of each unit, and where they are hidden."""

    def __init__(self, tree: Tree, tally: Tally) -> None:
        """Take the units and what was counted of them."""
        self.units, self.root, self._tally = tree.units, tree.root_id, tally
        self._below: dict[int | None, list[int]] = {}
        for pk, unit in self.units.items():
            self._below.setdefault(unit.parent_id, []).append(pk)
        self._years: dict[int, Year] = {}
        self._families: dict[int, dict[str, Hidden]] = {}

    def shown(self, unit: int, stretch: int) -> Shown:
        """Return what may be shown of a unit with all below it."""
        return _shown(self._year(unit), self._hidden(unit), stretch)

    def rows(self, tops: tuple[int, ...], stretch: int) -> list[Row]:
        """Return the units right below a single one and its own part, or these units."""
        if len(tops) != 1:
            return [Row(str(top), self.shown(top, stretch)) for top in tops]
        top = tops[0]
        if not self._below.get(top):
            return []
        parts, hidden = self._parts(top), self._family(top)
        return [
            Row(key.lstrip("="), _shown(year, hidden[key], stretch), key[0] == "=")
            for key, year in parts.items()
        ]

    def channels(self, stretch: int) -> list[Row]:
        """Return the sources of the whole mine; of a unit they are not told apart."""
        return [
            Row(key, _shown(year, self._channels[key], stretch))
            for key, year in self._sources.items()
        ]

    def _year(self, unit: int) -> Year:
        if unit not in self._years:
            parts = [self._year(below) for below in self._below.get(unit, ())]
            self._years[unit] = _sum([self._own(unit), *parts])
        return self._years[unit]

    def _own(self, unit: int) -> Year:
        return _year_of(self._tally.by_unit.get(unit, {}))

    def _parts(self, unit: int) -> dict[str, Year]:
        own = {f"={unit}": self._own(unit)}
        return own | {str(pk): self._year(pk) for pk in self._below.get(unit, ())}

    def _hidden(self, unit: int) -> Hidden:
        if unit == self.root:
            return self._whole
        return self._family(self.units[unit].parent_id or 0)[str(unit)]

    @cached_property
    def _whole(self) -> Hidden:
        return hidden_whole(self._year(self.root))

    def _family(self, unit: int) -> dict[str, Hidden]:
        if unit not in self._families:
            self._families[unit] = hidden_parts(
                self._parts(unit), above=self._hidden(unit)
            )
        return self._families[unit]

    @cached_property
    def _sources(self) -> dict[str, Year]:
        return {
            channel: _year_of(self._tally.by_channel.get(channel, {}))
            for channel in Channel.values
        }

    @cached_property
    def _channels(self) -> dict[str, Hidden]:
        return hidden_parts(self._sources, above=self._whole)


def _year_of(months: ByMonth) -> Year:
    """Return the numbers of all stretches of a year."""
    return {
        stretch: _plus(months[month] for month in months_of(stretch) if month in months)
        for stretch in STRETCHES
    }


def _sum(years: list[Year]) -> Year:
    if len(years) == 1:
        return years[0]
    return {stretch: _plus(year[stretch] for year in years) for stretch in STRETCHES}


def _plus(several: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    filled = [counts for counts in several if counts["raised"]]
    if not filled:
        return ZEROS
    if len(filled) == 1:
        return filled[0]
    return {name: sum(counts[name] for counts in filled) for name in ORDER}


def _shown(year: Year, hidden: Hidden, stretch: int) -> Shown:
    return {
        name: None if stretch in hidden[name] else number
        for name, number in year[stretch].items()
    }


def _added(several: list[Shown]) -> Shown:
    """Return the sums of what is shown; where a part is hidden, so is the sum."""
    return {
        name: None
        if any(shown[name] is None for shown in several)
        else sum(shown[name] or 0 for shown in several)
        for name in ORDER
    }
