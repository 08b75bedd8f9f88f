"""The stretches of time that figures can be asked for: years, quarters, months. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


# Within a year: the year itself, its months, its quarters.
YEAR: Final = 0
MONTHS: Final = tuple(range(1, 13))
QUARTERS: Final = tuple(range(13, 17))
STRETCHES: Final = (YEAR, *QUARTERS, *MONTHS)

Stretches = frozenset[int]
NEVER: Final[Stretches] = frozenset()
ALWAYS: Final[Stretches] = frozenset(STRETCHES)
FIRST_YEAR, LAST_YEAR = 2000, 2099


def months_of(stretch: int) -> tuple[int, ...]:
    """Return the months of a month, a quarter or the year."""
    if stretch == YEAR:
        return MONTHS
    if stretch in QUARTERS:
        first = 3 * (stretch - QUARTERS[0]) + 1
        return (first, first + 1, first + 2)
    return (stretch,)


def quarter_of(month: int) -> int:
    return QUARTERS[(month - 1) // 3]


def lying_in(stretch: int) -> Stretches:
    """Return the shorter stretches within one."""
    if stretch == YEAR:
        return ALWAYS - {YEAR}
    return frozenset(months_of(stretch)) - {stretch}


def containing(stretch: int) -> Stretches:
    """Return the longer stretches that one lies in."""
    return _CONTAINING[stretch]


_CONTAINING: Final = {
    stretch: frozenset(longer for longer in STRETCHES if stretch in lying_in(longer))
    for stretch in STRETCHES
}


@dataclass(frozen=True)
class Span:
    """A year, or a quarter or month of it."""

    year: int
    stretch: int = YEAR

    @property
    def since(self) -> date:
        return date(self.year, months_of(self.stretch)[0], 1)

    @property
    def until(self) -> date:
        last = months_of(self.stretch)[-1]
        return date(self.year, last, monthrange(self.year, last)[1])

    @property
    def months(self) -> tuple["Span", ...]:
        """The months of it, where there are several."""
        months = months_of(self.stretch)
        return tuple(Span(self.year, month) for month in months if len(months) > 1)

    def __str__(self) -> str:
        """Write it as it is asked for: 2026, 2026-Q3, 2026-09."""
        if self.stretch == YEAR:
            return str(self.year)
        if self.stretch in QUARTERS:
            return f"{self.year}-Q{self.stretch - QUARTERS[0] + 1}"
        return f"{self.year}-{self.stretch:02}"


def spans_between(since: date, until: date) -> list[Span] | None:
    """Return the fewest spans that make up whole months; none if these are not whole."""
    if since.day != 1 or until != month_with(until).until or since > until:
        return None
    spans: list[Span] = []
    while since <= until:
        span = next(
            span
            for stretch in (YEAR, quarter_of(since.month), since.month)
            for span in (Span(since.year, stretch),)
            if span.since == since and span.until <= until
        )
        spans.append(span)
        since = span.until + timedelta(days=1)
    return spans


def month_with(day: date) -> Span:
    return Span(day.year, day.month)


def before(span: Span) -> Span:
    """Return the month or the year before one."""
    if span.stretch == YEAR:
        return Span(span.year - 1)
    if span.stretch == MONTHS[0]:
        return Span(span.year - 1, MONTHS[-1])
    return Span(span.year, span.stretch - 1)
