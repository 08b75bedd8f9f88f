"""
Somebody who sees everything that is shown and works out what they can of the rest.

They know how the rows and stretches add up and which sets lie within which, and they can
add, subtract and solve; they know nothing of how the house decides what to hide.
"""

from fractions import Fraction


class Attacker:
    """Holds what is known as sums over unknown numbers that are at least zero."""

    def __init__(self) -> None:
        self.known: list[tuple[dict, Fraction]] = []

    def learn(self, parts, total: int) -> None:
        """Learn that these parts are so many together."""
        row: dict = {}
        for part in parts:
            row[part] = row.get(part, Fraction(0)) + 1
        self.known.append((row, Fraction(total)))

    def work(self) -> None:
        """Solve for what can be solved, then narrow down what is left."""
        self.solved = _eliminated(self.known)
        self.low, self.high = {}, {}
        rows = [*self.known, *self.solved.values()]
        changed = True
        while changed:
            changed = False
            for row, total in rows:
                changed |= self._narrow(row, total)

    def range_of(self, terms: dict) -> tuple[Fraction, Fraction | None]:
        """Return between what the sum of these terms lies; alike if it is worked out."""
        rest = {part: Fraction(times) for part, times in terms.items() if times}
        total = Fraction(0)
        for part in sorted(rest):
            if part in self.solved and part in rest:
                row, value = self.solved[part]
                times = rest[part]
                total += times * value
                rest = _less(rest, row, times)
        low = self._bound(rest, self.low, self.high)
        high = self._bound(rest, self.high, self.low)
        return (
            None if low is None else total + low,
            None if high is None else total + high,
        )

    def _bound(self, terms, for_plus, for_minus):
        total = Fraction(0)
        for part, times in terms.items():
            bounds = for_plus if times > 0 else for_minus
            bound = bounds.get(part, Fraction(0) if bounds is self.low else None)
            if bound is None:
                return None
            total += times * bound
        return total

    def _narrow(self, row: dict, total: Fraction) -> bool:
        changed = False
        for part, times in row.items():
            others = {one: -n / times for one, n in row.items() if one != part}
            high = self._bound(others, self.high, self.low)
            low = self._bound(others, self.low, self.high)
            if high is not None:
                changed |= self._below(part, total / times + high)
            if low is not None:
                changed |= self._above(part, total / times + low)
        return changed

    def _below(self, part, bound: Fraction) -> bool:
        if part in self.high and self.high[part] <= bound:
            return False
        self.high[part] = bound
        return True

    def _above(self, part, bound: Fraction) -> bool:
        if self.low.get(part, Fraction(0)) >= bound:
            return False
        self.low[part] = bound
        return True


def _less(row: dict, other: dict, times: Fraction) -> dict:
    found = dict(row)
    for part, n in other.items():
        left = found.get(part, Fraction(0)) - times * n
        if left:
            found[part] = left
        else:
            found.pop(part, None)
    return found


def _eliminated(known) -> dict:
    """Return what is known, solved: each row leads with a part that no other has."""
    solved: dict = {}
    for row, total in known:
        for part in [part for part in row if part in solved]:
            times, (other, value) = row.get(part, Fraction(0)), solved[part]
            row, total = _less(row, other, times), total - times * value
        if not row:
            continue
        lead = min(row)
        times = row[lead]
        row, total = {part: n / times for part, n in row.items()}, total / times
        for part, (other, value) in solved.items():
            if lead in other:
                times = other[lead]
                solved[part] = _less(other, row, times), value - times * total
        solved[lead] = row, total
    return solved
