"""
Chooses who takes which day, in a process of its own: see solving.

Reads one task as JSON and answers with one line: for each day the places of the people
chosen. What cannot all be had is given up in this order, each as little as can be: empty
places, the same person twice in a row, uneven units, uneven people, units out of turn.
"""

import json
import random
import sys
from typing import Any

import highspy


Terms = list[tuple[int, float]]
BINARY, ANY = 1.0, highspy.kHighsInf
# A unit out of turn costs as many as it is away from its turn; two days together cost more.
TOGETHER = 5.0
# An earlier turn weighs less than a place in the order, a drawn lot less than that.
EARLIER, LOT = 0.05, 0.01
SLACK = 1e-6


class Model:
    """The choice as a linear programme in whole numbers."""

    def __init__(self, task: dict[str, Any]) -> None:
        """Set out one yes or no for each person on each day that they can."""
        self.task = task
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", "off")
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("random_seed", 0)
        self.unit_of: list[int] = task["unit_of"]
        self.free: list[list[int]] = task["free"]
        self.taken = {
            (day, person): self.column(BINARY, whole=True)
            for day, people in enumerate(self.free)
            for person in people
        }
        for day, person in task["fixed"]:
            self.row(1, 1, [(self.taken[day, person], 1)])

    # --- the parts of the programme -------------------------------------------

    def column(self, most: float, *, whole: bool = False) -> int:
        """Add a number from nought to the most; return its place."""
        self.solver.addCol(0.0, 0.0, most, 0, [], [])
        place: int = self.solver.getNumCol() - 1
        if whole:
            kind = highspy.HighsVarType.kInteger
            self.solver.changeColIntegrality(place, kind)
        return place

    def row(self, least: float, most: float, terms: Terms) -> None:
        """Keep a sum between two bounds."""
        places = [place for place, _factor in terms]
        factors = [float(factor) for _place, factor in terms]
        self.solver.addRow(least, most, len(terms), places, factors)

    def least(self, terms: Terms) -> None:
        """Find the least that these can be, and keep it there."""
        self.aim(terms)
        if terms:
            best = round(self.solver.getInfo().objective_function_value)
            self.row(-ANY, best + SLACK, terms)

    def aim(self, terms: Terms) -> None:
        """Make a sum as small as it can be."""
        many = self.solver.getNumCol()
        self.solver.changeColsCost(many, list(range(many)), [0.0] * many)
        for place, factor in terms:
            self.solver.changeColCost(place, factor)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SystemExit(str(self.solver.getModelStatus()))

    # --- what is wanted -------------------------------------------------------

    def empty(self) -> Terms:
        """Fill every place of every day; a unit sends one person a day."""
        empty = []
        for day, people in enumerate(self.free):
            places = self.task["places"][day]
            # What was entered by hand may already be more than there are places.
            fixed = sum(one == day for one, _person in self.task["fixed"])
            none = self.column(places)
            here: Terms = [(self.taken[day, person], 1) for person in people]
            self.row(places, max(places, fixed), [*here, (none, 1)])
            empty.append((none, 1.0))
            self._one_of_each_unit(day, people)
        return empty

    def _one_of_each_unit(self, day: int, people: list[int]) -> None:
        fixed = {person for one, person in self.task["fixed"] if one == day}
        for unit in set(self.unit_of):
            own = [one for one in people if self.unit_of[one] == unit]
            if len(own) > 1 and len(fixed.intersection(own)) <= 1:
                self.row(-ANY, 1, [(self.taken[day, one], 1) for one in own])

    def again(self, groups: list[list[int]]) -> Terms:
        """Count the days that a group takes right after the day before."""
        before = set(self.task["before"])
        found: Terms = []
        for day in range(len(self.free)):
            for group in groups:
                now = [
                    (self.taken[day, one], 1.0)
                    for one in group
                    if one in self.free[day]
                ]
                last = [
                    (self.taken[day - 1, one], 1.0)
                    for one in group
                    if day and one in self.free[day - 1]
                ]
                if not day and before.intersection(group):
                    found += now
                elif now and last:
                    twice = self.column(BINARY)
                    self.row(-ANY, 1, [*now, *last, (twice, -1)])
                    found.append((twice, 1.0))
        return found

    def loads(self, groups: list[list[int]]) -> list[Terms]:
        """Return what sums up the turns of each group."""
        return [
            [
                (place, 1.0)
                for (_day, person), place in self.taken.items()
                if person in group
            ]
            for group in map(set, groups)
        ]

    def ends(self, loads: list[Terms]) -> Terms:
        """Return the most less the fewest turns."""
        most, fewest = self.column(ANY, whole=True), self.column(ANY, whole=True)
        for terms in loads:
            self.row(-ANY, 0, [*terms, (most, -1)])
            self.row(0, ANY, [*terms, (fewest, -1)])
        return [(most, 1.0), (fewest, -1.0)]

    def squares(self, loads: list[Terms]) -> Terms:
        """Return the sum of squares: within the same ends, few are far from the middle."""
        found: Terms = []
        for terms in filter(None, loads):
            steps = [self.column(BINARY) for _turn in range(len(self.free))]
            self.row(0, 0, [*terms, *((step, -1) for step in steps)])
            found += [(step, 2.0 * turn + 1) for turn, step in enumerate(steps)]
        return found

    def order(self) -> Terms:
        """Return how far units are out of turn; equals are told apart by lot."""
        lots = random.Random(self.task["seed"])  # noqa: S311 - a draw, no secret
        earlier = self.task["earlier"]
        units = max(self.unit_of) + 1
        return [
            (
                place,
                (self.unit_of[person] - day) % units
                + EARLIER * earlier[person]
                + LOT * lots.random(),
            )
            for (day, person), place in self.taken.items()
        ]


def solve(task: dict[str, Any]) -> list[list[int]]:
    """Return for each day the people chosen."""
    model = Model(task)
    people = [[one] for one in range(len(model.unit_of))]
    units = [
        [one for one, of in enumerate(model.unit_of) if of == unit]
        for unit in range(max(model.unit_of) + 1)
    ]
    model.least(model.empty())
    if task["apart"]:
        model.least(model.again(people))
    for groups in (units, people):
        model.least(model.ends(model.loads(groups)))
    for groups in (units, people):
        model.least(model.squares(model.loads(groups)))
    together = [(place, TOGETHER) for place, _one in model.again(units)]
    model.aim(model.order() + (together if task["apart"] else []))
    values = model.solver.getSolution().col_value
    return [
        [one for one in people if values[model.taken[day, one]] > BINARY / 2]
        for day, people in enumerate(model.free)
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(solve(json.load(sys.stdin))))
