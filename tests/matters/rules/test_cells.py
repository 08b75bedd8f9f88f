from fractions import Fraction
from itertools import product

import pytest

from shuoshi.matters.rules.cells import ORDER, PART_OF, TOLD, tellable


BOTH = (False, True)


def kinds():
    """Return every way in which a matter can count, as the set of its measures."""
    found = {frozenset({"raised"})}
    for triaged, answered, reopened, timed, on_time in product(BOTH, repeat=5):
        for said, solved, rated, satisfied, extended in product(BOTH, repeat=5):
            for state, spot, late in product(("open", "waits", "ended"), BOTH, BOTH):
                unanswered = state == "open"
                is_so = {
                    "raised": True,
                    "triaged": triaged,
                    "answered": answered,
                    "replied": answered or reopened,
                    "reopened": reopened,
                    "timed": timed,
                    "on_time": on_time,
                    "said": said,
                    "solved": solved,
                    "rated": rated,
                    "satisfied": satisfied,
                    "extended": extended,
                    "unanswered": unanswered,
                    "ended": state == "ended",
                    "on_the_spot": spot,
                    "overdue": late,
                }
                if (answered and unanswered) or (spot and (triaged or not answered)):
                    continue
                # What was answered once may be open again.
                parts = PART_OF.keys() - {"replied"}
                if all(is_so[PART_OF[name]] for name in parts if is_so[name]):
                    found.add(frozenset(name for name in is_so if is_so[name]))
    return sorted(found, key=sorted)


def independent(rows):
    """Return so many of the rows that the others are sums of them, and the inverse."""
    chosen, reduced = [], []
    for row in rows:
        left = [Fraction(name in row) for name in ORDER]
        told = [Fraction(0)] * len(ORDER)
        for lead, other, told_other in reduced:
            times = left[lead]
            left = [a - times * b for a, b in zip(left, other, strict=True)]
            told = [a - times * b for a, b in zip(told, told_other, strict=True)]
        lead = next((at for at, n in enumerate(left) if n), None)
        if lead is None:
            continue
        told[len(chosen)] += 1
        chosen.append(row)
        times = left[lead]
        left, told = [n / times for n in left], [n / times for n in told]
        reduced = [
            (
                at,
                [a - row[lead] * b for a, b in zip(row, left, strict=True)],
                [a - row[lead] * b for a, b in zip(of, told, strict=True)],
            )
            for at, row, of in reduced
        ] + [(lead, left, told)]
    return chosen, {lead: told for lead, _row, told in reduced}


def sums_that_count(found):
    """Yield every sum of measures that counts each kind of matter once or not at all."""
    chosen, inverse = independent(found)
    assert len(chosen) == len(ORDER)
    sums = [
        [int(inverse[at][n]) for at in range(len(ORDER))] for n in range(len(chosen))
    ]
    for picked in product((0, 1), repeat=len(chosen)):
        times = [
            sum(one[at] for one, is_in in zip(sums, picked, strict=True) if is_in)
            for at in range(len(ORDER))
        ]
        sum_of = {name: n for name, n in zip(ORDER, times, strict=True) if n}
        if sum_of and all(counted(sum_of, kind) in {0, 1} for kind in found):
            yield sum_of


def counted(sum_of, kind):
    return sum(n for name, n in sum_of.items() if name in kind)


def made_of(vector, parts):
    """True if the set is one of the parts, or several that do not overlap."""
    if not any(vector):
        return True
    first = vector.index(1)
    return any(
        made_of(tuple(a - b for a, b in zip(vector, part, strict=True)), parts)
        for part in parts
        if part[first] and all(a >= b for a, b in zip(vector, part, strict=True))
    )


def test_whatever_can_be_told_is_made_of_what_is_looked_at():
    found = kinds()
    told = [
        (names, tuple(counted(dict(terms), kind) for kind in found))
        for sums in TOLD.values()
        for names, terms in sums
    ]
    several = 0
    for sum_of in sums_that_count(found):
        several += 1
        within = closed(sum_of)
        parts = [vector for names, vector in told if names <= within]
        vector = tuple(counted(sum_of, kind) for kind in found)
        assert made_of(vector, parts), sum_of
    assert several > 200


def closed(names):
    found = set(names)
    for name in names:
        while name in PART_OF:
            name = PART_OF[name]
            found.add(name)
    return found


def test_every_number_stands_after_the_one_it_is_part_of():
    for name, whole in PART_OF.items():
        assert ORDER.index(whole) < ORDER.index(name)
        assert any(names <= {name, whole} for names, _terms in TOLD[name])


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"raised": 40, "answered": 40, "timed": 40, "on_time": 40}, set()),
        # 38 of 40 tells of two.
        ({"raised": 40, "answered": 40, "timed": 40, "on_time": 38}, {"on_time"}),
        ({"raised": 40, "answered": 40, "timed": 40, "on_time": 35}, set()),
        ({"raised": 40, "answered": 3, "timed": 3}, {"answered", "timed", "on_time"}),
        # Neither answered nor waiting: the two that were withdrawn.
        ({"raised": 40, "answered": 30, "unanswered": 8}, {"unanswered"}),
        ({"raised": 40, "answered": 40, "rated": 9, "satisfied": 0}, set()),
        ({"raised": 0}, set()),
    ],
)
def test_what_tells_of_few_is_not_shown(counts, hidden):
    full = dict.fromkeys(ORDER, 0) | counts

    assert hidden <= set(ORDER) - tellable(full)
    if not hidden:
        assert set(counts) <= tellable(full)


def test_of_a_few_nothing_is_told():
    for few in (1, 2, 3, 4):
        assert tellable(dict.fromkeys(ORDER, few)) == frozenset()
