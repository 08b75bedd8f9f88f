"""What a roster is made of, how even it is, and why it is no more even than that. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import WorkCalendar


# Turns of the busiest less those of the idlest: at one nobody is ahead.
EVEN: Final = 1
MOST_A_DAY: Final = 5
# More turns in one week are told as too much.
MOST_A_WEEK: Final = 2
# A quarter has at most ninety-two days.
LONGEST: Final = 92


class RosterRefused(Refused):
    """No roster can be made of this."""


@dataclass(frozen=True)
class Taking:
    """One person on duty on one day, for a unit."""

    day: date
    unit_id: int
    person_id: int


@dataclass(frozen=True)
class Task:
    """
    What a roster is to be made for.

    ``members`` are the people of each unit; the units come in the order of their turns,
    the first of them due on the first day. ``away`` are the days on which somebody
    cannot, ``fixed`` what stands already, ``before`` who was on duty on the last working
    day before, ``earlier`` how many turns a person had before: who had fewer goes first
    where two are equal.
    """

    days: tuple[date, ...]
    members: Mapping[int, tuple[int, ...]]
    per_day: int = 1
    apart: bool = True
    away: Mapping[int, frozenset[date]] = field(default_factory=dict)
    fixed: tuple[Taking, ...] = ()
    before: frozenset[int] = frozenset()
    earlier: Mapping[int, int] = field(default_factory=dict)
    seed: int = 0

    @property
    def people(self) -> tuple[int, ...]:
        """Everybody who takes turns, once, in the order of their units."""
        return tuple(
            dict.fromkeys(one for all_ in self.members.values() for one in all_)
        )

    def without_leave(self) -> "Task":
        """Return the same task had nobody been away."""
        return Task(
            self.days,
            self.members,
            self.per_day,
            self.apart,
            before=self.before,
            seed=self.seed,
        )


@dataclass(frozen=True)
class Plan:
    """A roster: who takes which day, how many places stayed empty, how even it is."""

    turns: tuple[Taking, ...]
    short: int
    spread_of_people: int
    spread_of_units: int


def working_days(calendar: WorkCalendar, since: date, until: date) -> tuple[date, ...]:
    """Return the days on which the room is open: all working days, make-up days too."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return tuple(day for day in days if calendar.is_workday(day))


def counted(turns: Iterable[Taking], task: Task) -> tuple[Counter[int], Counter[int]]:
    """Return the turns of each person and of each unit, those with none among them."""
    people = Counter(dict.fromkeys(task.people, 0))
    units = Counter(dict.fromkeys(task.members, 0))
    for turn in turns:
        people[turn.person_id] += 1
        units[turn.unit_id] += 1
    return people, units


def spread(counts: Iterable[int]) -> int:
    """Return by how many turns the busiest is ahead of the idlest."""
    several = list(counts)
    return max(several, default=0) - min(several, default=0)


def planned(task: Task, turns: Sequence[Taking]) -> Plan:
    """Return what a choice of turns comes to."""
    people, units = counted(turns, task)
    wanted = len(task.days) * task.per_day
    return Plan(
        tuple(sorted(turns, key=lambda one: (one.day, one.unit_id, one.person_id))),
        max(0, wanted - len(turns)),
        spread(people.values()),
        spread(units.values()),
    )


def empty_days(task: Task, turns: Iterable[Taking]) -> list[date]:
    """Return the days on which fewer are on duty than there should be."""
    taken = Counter(turn.day for turn in turns)
    return [day for day in task.days if taken[day] < task.per_day]


def in_a_row(task: Task, turns: Iterable[Taking]) -> list[Taking]:
    """Return the turns of people who also had the working day before."""
    on: dict[date, set[int]] = {}
    listed = list(turns)
    for turn in listed:
        on.setdefault(turn.day, set()).add(turn.person_id)
    before = dict(zip(task.days[1:], task.days, strict=False))
    return [
        turn
        for turn in listed
        if turn.person_id
        in (on.get(before[turn.day], set()) if turn.day in before else task.before)
    ]


def on_leave(task: Task, turns: Iterable[Taking]) -> list[Taking]:
    """Return the turns of people who are away on that day."""
    return [
        turn for turn in turns if turn.day in task.away.get(turn.person_id, frozenset())
    ]


def busy_weeks(turns: Iterable[Taking]) -> dict[tuple[int, date], int]:
    """Return who has more turns in a week than they should, by the week's Monday."""
    many = Counter(
        (turn.person_id, turn.day - timedelta(days=turn.day.weekday()))
        for turn in turns
    )
    return {week: days for week, days in many.items() if days > MOST_A_WEEK}


def held_up(task: Task, turns: Iterable[Taking]) -> list[int]:
    """Return who has the fewest turns and was away: those for whom others step in."""
    people, _units = counted(turns, task)
    fewest = min(people.values(), default=0)
    inside = frozenset(task.days)
    return [
        one
        for one in task.people
        if people[one] == fewest and inside & task.away.get(one, frozenset())
    ]


def check_task(task: Task) -> None:
    """
    Refuse what no roster can be made of.

    :raises RosterRefused: with the reason.
    """
    if not task.members or not task.people:
        raise RosterRefused(_("还没有轮流值班的部门，或者这些部门没有接待人员。"))
    if not 0 < len(task.days) <= LONGEST:
        raise RosterRefused(_("这段时间里没有工作日，或者超过一个季度。"))
