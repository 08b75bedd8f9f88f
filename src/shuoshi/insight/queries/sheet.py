"""Lay the figures out: cards, tables by unit and by source, the months."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.insight.queries.wish import PARTS, Wish
from shuoshi.matters.queries.figures import Scope
from shuoshi.matters.queries.published import (
    Published,
    Row,
    Share,
    Shown,
    published_figures,
)
from shuoshi.matters.rules.states import Channel


# What the source reports about the room stands on top, larger than the rest.
CARDS = ("raised", "triaged", "solved", "on_time", "satisfied")
COLUMNS = {
    "raised": gettext_lazy("收到"),
    "answered": gettext_lazy("已答复"),
    "on_time": gettext_lazy("按时"),
    "solved": gettext_lazy("已解决"),
    "rated": gettext_lazy("评价过"),
    "satisfied": gettext_lazy("满意"),
    "unanswered": gettext_lazy("没有答复"),
    "overdue": gettext_lazy("超期"),
}


@dataclass(frozen=True)
class ShareLine:
    """A figure with the lists behind both of its numbers."""

    share: Share
    url: str
    base_url: str

    @property
    def hides(self) -> bool:
        return self.share.denominator is None


@dataclass(frozen=True)
class Cell:
    """A number with its list; none where it is hidden."""

    number: int | None
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A unit or source and its numbers, in the order of the columns."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """Rows, and whether some of their numbers are kept back."""

    rows: list[Line] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        return any(cell.number is None for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Bar:
    """How many came in within a month, beside the most that is shown of any."""

    label: str
    number: int | None
    of: int
    url: str


@dataclass(frozen=True)
class Sheet:
    """All that the page of figures shows."""

    lines: list[ShareLine]
    by_unit: Table
    by_channel: Table
    trend: list[Bar]

    @property
    def cards(self) -> list[ShareLine]:
        named = {line.share.figure.name: line for line in self.lines}
        return [named[name] for name in CARDS]

    @property
    def hides(self) -> bool:
        return (
            any(line.hides for line in self.lines)
            or any(bar.number is None for bar in self.trend)
            or self.by_unit.hides
            or self.by_channel.hides
        )


def sheet_of(scope: Scope, wish: Wish, *, now: datetime) -> Sheet:
    """Return the figures of a scope, laid out."""
    found = published_figures(scope, wish.span, now=now)
    return Sheet(
        lines=[_line(wish, share) for share in found.shares],
        by_unit=_unit_table(scope, wish, found),
        by_channel=_channel_table(wish, found),
        trend=_trend(wish, found),
    )


def _line(wish: Wish, share: Share) -> ShareLine:
    figure = share.figure
    return ShareLine(
        share, wish.behind(figure.numerator), wish.behind(figure.denominator)
    )


def _unit_table(scope: Scope, wish: Wish, found: Published) -> Table:
    """Return the units in the order of the tree: an order of numbers would tell them."""
    units = scope.tree.units

    def label(row: Row) -> str:
        unit = units[int(row.key)]
        if row.own:
            return _("%(unit)s（本级）") % {"unit": unit.name}
        return unit.name

    def code(row: Row) -> dict[str, str]:
        sign = "=" if row.own else ""
        return {"row": f"{sign}{units[int(row.key)].code}"}

    return _table(wish, found.units, label, code)


def _channel_table(wish: Wish, found: Published) -> Table:
    return _table(
        wish,
        found.channels,
        lambda row: str(Channel(row.key).label),
        lambda row: {"channel": row.key},
    )


def _table(
    wish: Wish,
    rows: list[Row],
    label: Callable[[Row], str],
    asked: Callable[[Row], dict[str, str]],
) -> Table:
    """Return a table of the rows in which there is something, or something hidden."""
    filled = [row for row in rows if any(row.shown[name] != 0 for name in COLUMNS)]
    if len(filled) < 2:
        # A single row is the whole, which stands above already.
        return Table()
    return Table(
        [
            Line(label(row), [_cell(wish, row, name, asked(row)) for name in COLUMNS])
            for row in filled
        ]
    )


def _cell(wish: Wish, row: Row, name: str, asked: dict[str, str]) -> Cell:
    number = row.shown[name]
    return Cell(number, wish.behind(name, **asked) if number else "")


def _trend(wish: Wish, found: Published) -> list[Bar]:
    """Return how many came in month by month, measured by the most that is shown."""

    def number(shown: Shown) -> int | None:
        return shown["raised"]

    most = max((number(shown) or 0 for _month, shown in found.months), default=0)
    return [
        Bar(
            str(PARTS[month.stretch]),
            number(shown),
            most,
            Wish(month, wish.unit).url,
        )
        for month, shown in found.months
    ]
