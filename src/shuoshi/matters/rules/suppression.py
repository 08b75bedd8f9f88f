"""
Hide what would give away the hidden: rows of a sum, months of a quarter. Pure.

The parts of a sum (units of a unit, sources of the whole) are hidden together in one
pattern of time, so that for each hidden number there is another row and another stretch
with which it could be traded without changing anything that is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from shuoshi.matters.rules.cells import AT_MOST, ORDER, PART_OF, is_few, tellable
from shuoshi.matters.rules.spans import (
    ALWAYS,
    MONTHS,
    NEVER,
    QUARTERS,
    STRETCHES,
    YEAR,
    Stretches,
    containing,
    lying_in,
    months_of,
)


Series = Mapping[int, int]
UNBOUNDED: Final = 10**9


@dataclass(frozen=True)
class Family:
    """
    The parts of one sum over a year, and where each of them is too few.

    ``above`` is where the sum itself is hidden: there all its parts are. The topmost row
    has no sum above it: it is its own only part, and ``free``. ``most`` is what anybody
    can see that a number does not exceed; ``beside`` is where a number is hidden only
    because it is part of one that is.
    """

    rows: Mapping[str, Series]
    few: Mapping[str, Stretches]
    most: Mapping[str, Series]
    beside: Mapping[str, Stretches]
    above: Stretches = NEVER
    free: bool = False

    def hidden(self) -> dict[str, Stretches]:
        """Return for each row in which stretches of the year its number is hidden."""
        hidden = dict.fromkeys(self.rows, self.above)
        for grain in (_Years, _Quarters, _Months):
            grain(self, hidden).hide()
        return hidden


@dataclass(frozen=True)
class _Grain:
    """Hides rows in stretches of one length, beside what is hidden of longer ones."""

    family: Family
    hidden: dict[str, Stretches]
    grain: ClassVar[Stretches]

    def hide(self) -> None:
        """Hide the rows that are few somewhere, and the others that they need."""
        fresh = {
            row: ((self.family.few[row] | self.family.beside[row]) & self.grain)
            - hidden
            for row, hidden in self.hidden.items()
        }
        pattern = self._left.union(*fresh.values(), self._stuck(self.hidden))
        if not pattern:
            return
        above = self.family.above
        joined = [row for row in fresh if fresh[row] or self.hidden[row] > above]
        wide = self.widened(joined, pattern)
        others = iter(self._others(joined, pattern))
        while not self._is_enough(joined, wide):
            other = next(others, None)
            if other is None:
                # Nothing is left to hide behind but the whole year.
                wide = ALWAYS
                break
            joined.append(other)
            wide = self.widened(joined, pattern)
        self.hidden.update(self._with(joined, wide))

    def widened(self, joined: list[str], pattern: Stretches) -> Stretches:
        """Return where the rows are hidden, so that a sum over time tells of no few."""
        return pattern

    def _with(self, joined: list[str], wide: Stretches) -> dict[str, Stretches]:
        more = wide.union(*(lying_in(stretch) for stretch in wide))
        return {
            row: hidden | more if row in joined else hidden
            for row, hidden in self.hidden.items()
        }

    @property
    def _left(self) -> Stretches:
        """Where those that are hidden already leave a few together."""
        if self.family.free:
            return NEVER
        return frozenset(
            stretch
            for stretch in self.grain - self.family.above
            if is_few(
                sum(
                    self.family.rows[row][stretch]
                    for row, hidden in self.hidden.items()
                    if stretch in hidden
                )
            )
        )

    def _others(self, joined: list[str], pattern: Stretches) -> list[str]:
        """Return the rows that could be hidden as well, the smallest first, zeros last."""
        rows = self.family.rows

        def size(row: str) -> tuple[bool, int]:
            count = sum(rows[row][stretch] for stretch in pattern)
            return count == 0, count

        # Sorting keeps the order of equals, which is that of the family.
        return sorted((row for row in rows if row not in joined), key=size)

    def _is_enough(self, joined: list[str], wide: Stretches) -> bool:
        """
        True if the rows that are hidden together cannot be told apart.

        What is left of the sum is told: it takes two rows at least, and five people.
        Each few must be free to be one more or one less, with nothing shown changing.
        """
        if not self.family.free:
            if len(joined) < 2:
                return False
            for stretch in wide - self.family.above:
                total = sum(self.family.rows[row][stretch] for row in joined)
                if is_few(total) or self.is_one_each(total, joined):
                    return False
        return not self._stuck(self._with(joined, wide))

    def is_one_each(self, _total: int, _joined: list[str]) -> bool:
        """True if the sum tells that there is one in each row."""
        return False

    def _stuck(self, hidden: dict[str, Stretches]) -> Stretches:
        """Return where a few is hidden and yet could not be any other number."""
        return frozenset(
            stretch
            for row, few in self.family.few.items()
            for stretch in few & self.grain & hidden[row] - self.family.above
            if not self.is_free(row, stretch, hidden)
        )

    def is_free(self, row: str, stretch: int, hidden: dict[str, Stretches]) -> bool:
        """True if it could be one more or less: in another row and at another time."""
        if self.family.free:
            return self._trades([row], stretch, hidden[row])
        return any(
            self._trades([row, other], stretch, hidden[row] & hidden[other])
            for other in self.family.rows
            if other != row and stretch in hidden[other]
        )

    def _trades(self, pair: list[str], here: int, common: Stretches) -> bool:
        """True if the pair can trade without changing what is shown of either."""
        around = containing(here)
        if around <= common:
            return len(pair) == 1 or self._can(pair, here, here)
        return any(
            self._can(pair, here, there)
            for there in (common & self.grain) - {here}
            if around ^ containing(there) <= common
        )

    def _can(self, pair: list[str], here: int, there: int) -> bool:
        """True if one could go from here to there in one row, and back in the other."""
        first, last = pair[0], pair[-1]
        if here == there:
            return self._moves([(first, here)], [(last, here)])
        if first == last:
            return self._moves([(first, here)], [(first, there)])
        return self._moves(
            [(first, here), (last, there)], [(first, there), (last, here)]
        )

    def _moves(
        self, some: list[tuple[str, int]], others: list[tuple[str, int]]
    ) -> bool:
        return any(
            all(self.family.rows[row][at] > 0 for row, at in less)
            and all(
                self.family.rows[row][at] < self.family.most[row][at]
                for row, at in more
            )
            for less, more in ((some, others), (others, some))
        )


class _Years(_Grain):
    grain = frozenset({YEAR})

    def is_one_each(self, total: int, joined: list[str]) -> bool:
        """True if the sum tells that there is one in each row."""
        return 0 < total <= len(joined)

    def is_free(self, row: str, _stretch: int, hidden: dict[str, Stretches]) -> bool:
        """True if it could be one more or less in some month, and another row for it."""
        return self.family.free or any(
            self._can([row, other], month, month)
            for other in self.family.rows
            if other != row and YEAR in hidden[other]
            for month in MONTHS
        )


class _Quarters(_Grain):
    grain = frozenset(QUARTERS)

    def widened(self, joined: list[str], pattern: Stretches) -> Stretches:
        """Return the quarters to hide of a year that is shown."""
        shown = [
            self.family.rows[row] for row in joined if YEAR not in self.hidden[row]
        ]
        above = self.family.above.intersection(QUARTERS)
        return _widened(shown, pattern, above, QUARTERS)


class _Months(_Grain):
    grain = frozenset(MONTHS)

    def widened(self, joined: list[str], pattern: Stretches) -> Stretches:
        """Return the months to hide of quarters that are shown."""
        wide = NEVER
        for quarter in QUARTERS:
            inside = pattern.intersection(months_of(quarter))
            shown = [
                self.family.rows[row]
                for row in joined
                if quarter not in self.hidden[row]
            ]
            above = self.family.above.intersection(months_of(quarter))
            if inside:
                wide |= _widened(shown, inside, above, months_of(quarter))
        return wide


def _widened(
    rows: list[Series], pattern: Stretches, above: Stretches, parts: tuple[int, ...]
) -> Stretches:
    """Return the pattern with so many other parts that no row's sum over it is few."""

    def size(part: int) -> tuple[bool, int]:
        count = sum(row[part] for row in rows)
        return count == 0, count

    wide = set(pattern | above)
    for part in sorted(set(parts) - wide, key=size) if rows else ():
        if len(wide) > 1 and not any(
            is_few(sum(row[one] for one in wide)) for row in rows
        ):
            break
        wide.add(part)
    return frozenset(wide) - above


Counts = Mapping[str, int]
# The numbers of a row in each stretch of a year.
Year = Mapping[int, Counts]
# For each measure, where it is hidden.
Hidden = Mapping[str, Stretches]
NOTHING: Final[Hidden] = dict.fromkeys(ORDER, NEVER)


# So many sums are remembered: the families of a mine's years, as long as none changes.
REMEMBERED: Final = 512
Numbers = tuple[tuple[str, tuple[int, ...]], ...]


def hidden_parts(
    rows: Mapping[str, Year], *, above: Hidden, free: bool = False
) -> dict[str, Hidden]:
    """
    Return what is hidden of the parts of a sum, of which ``above`` is hidden already.

    It depends on nothing but the numbers, so whoever asks, and in whatever order, is
    shown the same; and the same numbers need not be gone through twice.
    """
    numbers = tuple(
        (row, tuple(year[stretch][name] for stretch in STRETCHES for name in ORDER))
        for row, year in rows.items()
    )
    return _hidden_parts(numbers, tuple(above[name] for name in ORDER), free=free)


@lru_cache(maxsize=REMEMBERED)
def _hidden_parts(
    numbers: Numbers, above: tuple[Stretches, ...], *, free: bool
) -> dict[str, Hidden]:
    rows = {row: _year_of(counts) for row, counts in numbers}
    hidden_above = dict(zip(ORDER, above, strict=True))
    may_tell = {
        row: {stretch: tellable(year[stretch]) for stretch in STRETCHES}
        for row, year in rows.items()
    }
    found: dict[str, dict[str, Stretches]] = {row: {} for row in rows}
    for name in ORDER:
        whole = PART_OF.get(name, name)
        few = {
            row: frozenset(
                stretch
                for stretch, told in stretches.items()
                if name not in told and (whole in told or whole == name)
            )
            for row, stretches in may_tell.items()
        }
        beside = {row: found[row].get(whole, NEVER) - few[row] for row in rows}
        series = {
            row: {stretch: year[stretch][name] for stretch in STRETCHES}
            for row, year in rows.items()
        }
        most = {
            row: {
                stretch: _most(name, year[stretch], found[row], stretch)
                for stretch in STRETCHES
            }
            for row, year in rows.items()
        }
        family = Family(series, few, most, beside, hidden_above[name], free)
        for row, hidden in family.hidden().items():
            found[row][name] = hidden
    return dict(found)


def _year_of(counts: tuple[int, ...]) -> Year:
    wide = len(ORDER)
    return {
        stretch: dict(zip(ORDER, counts[at * wide : (at + 1) * wide], strict=True))
        for at, stretch in enumerate(STRETCHES)
    }


def _most(name: str, counts: Counts, hidden: Hidden, stretch: int) -> int:
    """Return what the numbers that are shown leave for this one at most."""
    return min(
        (
            sum(sign * counts[term] for term, sign in terms)
            for terms in AT_MOST.get(name, ())
            if not any(stretch in hidden[term] for term, _sign in terms)
        ),
        default=UNBOUNDED,
    )


def hidden_whole(year: Year) -> Hidden:
    """Return what is hidden of the whole, the topmost of all sums."""
    return hidden_parts({"": year}, above=NOTHING, free=True)[""]
