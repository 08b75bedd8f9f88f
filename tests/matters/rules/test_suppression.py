"""Hide from an attacker who solves and narrows down whatever the house shows."""

import random

import pytest

from shuoshi.matters.rules.cells import ORDER, PART_OF, is_few
from shuoshi.matters.rules.spans import MONTHS, QUARTERS, STRETCHES, YEAR, months_of
from shuoshi.matters.rules.suppression import hidden_parts, hidden_whole
from tests.matters.attacker import Attacker


# What may be true of a matter, as far as these tests need it.
KINDS = (
    {"raised"},
    {"raised", "unanswered"},
    {"raised", "unanswered", "overdue"},
    {"raised", "answered"},
    {"raised", "answered", "rated"},
    {"raised", "answered", "rated", "satisfied"},
)
MEASURES = ("raised", "answered", "rated", "satisfied", "unanswered", "overdue")
BELOW = {"mine": ("a", "b", "c"), "a": ("a1", "a2"), "c": ("c1", "c2", "c3")}


def leaves(unit):
    if unit not in BELOW:
        return [unit]
    return [leaf for below in BELOW[unit] for leaf in leaves(below)]


UNITS = ("mine", *(unit for below in BELOW.values() for unit in below))


class World:
    """A year of invented matters, what is shown of it, and whoever tries to see more."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        self.months = range(1, rng.choice((1, 2, 3, 4)) + 1)
        self.there: dict = {}
        for leaf in leaves("mine"):
            usual = rng.choice((0, 1, 3, 9, 25))
            for month in self.months:
                for _ in range(rng.randint(0, 2 * usual)):
                    kind = rng.choices(range(6), (1, 2, 1, 2, 2, 4))[0]
                    at = leaf, month, kind
                    self.there[at] = self.there.get(at, 0) + 1
        self.years = {unit: self.year(unit) for unit in UNITS}
        self.hidden = {"mine": hidden_whole(self.years["mine"])}
        for unit, below in BELOW.items():
            rows = {one: self.years[one] for one in below}
            self.hidden |= hidden_parts(rows, above=self.hidden[unit])

    def year(self, unit):
        return {
            stretch: dict.fromkeys(ORDER, 0)
            | {name: self.count(unit, stretch, name) for name in MEASURES}
            for stretch in STRETCHES
        }

    def parts(self, unit, stretch, name):
        return [
            (leaf, month, kind)
            for leaf in leaves(unit)
            for month in months_of(stretch)
            for kind, measures in enumerate(KINDS)
            if name in measures and month in self.months
        ]

    def count(self, unit, stretch, name):
        return sum(self.there.get(at, 0) for at in self.parts(unit, stretch, name))

    def cells(self):
        """Every cell, and what it lacks to the one it is part of, with its number."""
        for unit in UNITS:
            for stretch in STRETCHES:
                for name in MEASURES:
                    terms = dict.fromkeys(self.parts(unit, stretch, name), 1)
                    yield terms, self.count(unit, stretch, name)
                    if name in PART_OF:
                        whole = self.parts(unit, stretch, PART_OF[name])
                        yield (
                            {part: 1 - terms.get(part, 0) for part in whole},
                            self.count(unit, stretch, PART_OF[name])
                            - self.count(unit, stretch, name),
                        )

    def attacked(self):
        attacker = Attacker()
        for unit in UNITS:
            for name in MEASURES:
                for stretch in set(STRETCHES) - self.hidden[unit][name]:
                    parts = self.parts(unit, stretch, name)
                    attacker.learn(parts, self.count(unit, stretch, name))
        attacker.work()
        return attacker


@pytest.mark.parametrize("seed", range(12))
def test_no_few_can_be_worked_out(seed):
    world = World(seed)
    attacker = world.attacked()
    few = [(terms, number) for terms, number in world.cells() if is_few(number)]

    assert few
    for terms, number in few:
        low, high = attacker.range_of(terms)
        assert low != high, (number, sorted(terms))


def test_the_attacker_finds_what_is_left_open():
    world = World(3)
    world.hidden = {
        unit: {
            name: {
                stretch
                for stretch in STRETCHES
                if is_few(world.years[unit][stretch][name])
            }
            for name in MEASURES
        }
        for unit in UNITS
    }
    attacker = world.attacked()

    assert any(
        attacker.range_of(terms) == (number, number)
        for terms, number in world.cells()
        if is_few(number)
    )


def only(**months):
    """Return a year of which only the first months are filled, everything answered."""
    year = {}
    for stretch in STRETCHES:
        count = sum(
            n
            for at, n in zip(MONTHS, months["n"], strict=False)
            if at in months_of(stretch)
        )
        year[stretch] = dict.fromkeys(ORDER, 0) | {"raised": count}
    return year


def test_a_large_mine_is_shown_whole():
    assert hidden_whole(only(n=[9] * 12))["raised"] == frozenset()


def test_a_small_month_is_hidden_with_another():
    assert hidden_whole(only(n=[9, 2, 7]))["raised"] == {2, 3}


def test_months_that_are_few_together_take_a_third():
    assert hidden_whole(only(n=[9, 2, 1]))["raised"] == {1, 2, 3}


def test_a_small_year_is_hidden_throughout():
    assert hidden_whole(only(n=[1, 1, 1]))["raised"] == set(STRETCHES)


def test_a_small_quarter_takes_another_and_the_months_of_both():
    hidden = hidden_whole(only(n=[1, 1, 1, 9, 9, 9, 20, 20, 20]))["raised"]

    assert hidden >= {QUARTERS[0], QUARTERS[1], 1, 2, 3, 4, 5, 6}
    assert not hidden & {YEAR, QUARTERS[2], 7, 8, 9}


def test_a_small_unit_is_hidden_with_the_next_larger():
    rows = {"a": only(n=[2]), "b": only(n=[8]), "c": only(n=[30])}

    hidden = hidden_parts(rows, above=hidden_whole(only(n=[40])))

    assert hidden["a"]["raised"] == hidden["b"]["raised"] == set(STRETCHES)
    assert hidden["c"]["raised"] == frozenset()


def test_one_in_each_unit_is_not_told_by_their_sum():
    rows = {name: only(n=[1]) for name in "abcde"} | {"f": only(n=[20])}

    hidden = hidden_parts(rows, above=hidden_whole(only(n=[25])))

    assert YEAR in hidden["f"]["raised"]


def test_what_lies_below_something_hidden_is_hidden():
    whole = only(n=[9, 2, 7])
    rows = {"a": only(n=[9, 0, 7]), "b": only(n=[0, 2, 0])}

    hidden = hidden_parts(rows, above=hidden_whole(whole))

    assert hidden["a"]["raised"] >= {2, 3}
