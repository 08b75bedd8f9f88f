"""Lay the figures out: cards, tables by unit and by channel, the weeks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.insight.queries.wish import Wish
from shuoshi.matters.queries.figures import Counts, Figures, Scope, Share, figures_of
from shuoshi.matters.rules.figures import WEEK, hidden_cells
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
# A period is shown in so many stretches at most.
MOST_BARS = 53


@dataclass(frozen=True)
class ShareLine:
    """A figure with the lists behind both of its numbers."""

    share: Share
    url: str
    base_url: str


@dataclass(frozen=True)
class Cell:
    """A number with its list; none where too few people stand behind it."""

    number: int | None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A unit or channel and its numbers, in the order of the columns."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """Rows, and whether some of their numbers are kept back."""

    rows: list[Row] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        return any(cell.number is None for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Stretch:
    """Some weeks in a row."""

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
    trend: list[Stretch]
    weeks_each: int

    @property
    def cards(self) -> list[ShareLine]:
        named = {line.share.figure.name: line for line in self.lines}
        return [named[name] for name in CARDS]

    @property
    def hides(self) -> bool:
        bars = any(stretch.number is None for stretch in self.trend)
        return bars or self.by_unit.hides or self.by_channel.hides


def sheet_of(scope: Scope, wish: Wish, *, now: datetime) -> Sheet:
    """Return the figures of a scope, laid out."""
    found = figures_of(scope, wish.period, now=now)
    each = -(-len(_mondays(wish)) // MOST_BARS)
    return Sheet(
        lines=[_line(wish, share) for share in found.shares()],
        by_unit=_unit_table(scope, wish, found),
        by_channel=_channel_table(wish, found),
        trend=_trend(wish, found, each),
        weeks_each=each,
    )


def _line(wish: Wish, share: Share) -> ShareLine:
    figure = share.figure
    return ShareLine(
        share,
        wish.behind(figure.numerator),
        wish.behind(figure.denominator),
    )


def _unit_table(scope: Scope, wish: Wish, found: Figures) -> Table:
    """Return the highest units in the scope; of a single one, those right below it."""
    tree = scope.tree
    inside = frozenset(tree.units) if scope.units is None else scope.units
    tops = [pk for pk in inside if tree.units[pk].parent_id not in inside]
    whole: dict[str, frozenset[int]] = {}
    if len(tops) == 1:
        top = tree.units[tops[0]]
        whole[f"={top.code}"] = frozenset(tops)
        tops = [pk for pk in inside if tree.units[pk].parent_id == top.pk]
    for pk in tops:
        whole[tree.units[pk].code] = tree.at_and_below(frozenset({pk})) & inside
    names = {unit.code: unit.name for unit in tree.units.values()}
    counts = {
        code: _sum(found.by_unit[pk] for pk in units if pk in found.by_unit)
        for code, units in whole.items()
    }
    return _table(
        {code: row for code, row in counts.items() if row and row["raised"]},
        label=lambda code: (
            _("%(unit)s（本级）") % {"unit": names[code[1:]]}
            if code.startswith("=")
            else names[code]
        ),
        url=lambda code, of: wish.behind(of, row=code),
    )


def _channel_table(wish: Wish, found: Figures) -> Table:
    return _table(
        found.by_channel,
        label=lambda code: str(Channel(code).label),
        url=lambda code, of: wish.behind(of, channel=code),
    )


def _table(
    counts: dict[str, Counts],
    *,
    label: Callable[[str], str],
    url: Callable[[str, str], str],
) -> Table:
    """Return a table whose small cells, and what would give them away, are hidden."""
    if len(counts) < 2:
        # A single row is the whole, which stands above already.
        return Table()
    hidden = {
        column: hidden_cells({code: row[column] for code, row in counts.items()})
        for column in COLUMNS
    }
    order = sorted(counts, key=lambda code: (-counts[code]["raised"], code))
    return Table(
        [
            Row(
                label(code),
                [
                    Cell(None)
                    if code in hidden[column]
                    else Cell(counts[code][column], url(code, column))
                    for column in COLUMNS
                ],
            )
            for code in order
        ]
    )


def _sum(several: Iterable[Counts]) -> Counts:
    total: Counts = {}
    for counts in several:
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    return total


def _mondays(wish: Wish) -> list[date]:
    first = wish.since - timedelta(days=wish.since.weekday())
    return [first + WEEK * n for n in range((wish.until - first).days // 7 + 1)]


def _trend(wish: Wish, found: Figures, each: int) -> list[Stretch]:
    """Return how many came in week by week, or in longer stretches of a long period."""
    mondays = _mondays(wish)
    if len(mondays) < 2:
        return []
    counts: dict[str, int] = {}
    for place in range(0, len(mondays), each):
        weeks = mondays[place : place + each]
        counts[weeks[0].isoformat()] = sum(
            found.by_week[week]["raised"] for week in weeks if week in found.by_week
        )
    hidden, most = hidden_cells(counts), max(counts.values())
    stretches = []
    for monday, count in counts.items():
        since = max(date.fromisoformat(monday), wish.since)
        end = date.fromisoformat(monday) + WEEK * each - timedelta(days=1)
        stretches.append(
            Stretch(
                _label(since, wish),
                None if monday in hidden else count,
                most,
                Wish(since, min(end, wish.until), wish.unit).url,
            )
        )
    return stretches


def _label(day: date, wish: Wish) -> str:
    kept = "MONTH_DAY_FORMAT" if wish.since.year == wish.until.year else "DATE_FORMAT"
    return date_format(day, kept)
