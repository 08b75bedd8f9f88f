"""A month of the roster as it is shown: who, whether they came, what is wrong with it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.common.workdays import StepKind, WorkCalendar
from shuoshi.duty.models import Leave, RosterRule, Swap, SwapState, Turn
from shuoshi.duty.queries.rosters import (
    Month,
    calendar_of,
    departments_of,
    leaves_between,
    people_of,
    rule_of,
    taking,
    task_for,
    turns_between,
)
from shuoshi.duty.rules.rosters import planned
from shuoshi.duty.rules.telling import clashes_of
from shuoshi.org.models import Unit
from shuoshi.org.queries.generation import generation


if TYPE_CHECKING:
    from shuoshi.accounts.models import User


AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class TurnShown:
    """A turn, and whether whoever has it came: told from the day on."""

    turn: Turn
    came: str = ""
    colour: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class DayShown:
    """A day of the roster; ``note`` says why it departs from the plain week."""

    day: date
    note: str
    turns: list[TurnShown]
    is_past: bool
    is_today: bool


@dataclass(frozen=True)
class Count:
    """The turns of a person or of a department in the month."""

    name: str
    turns: int
    away: int = 0


@dataclass(frozen=True)
class RosterShown:
    """A month of the roster."""

    month: Month
    rule: RosterRule
    days: list[DayShown]
    people: list[Count]
    units: list[Count]
    clashes: list[str]
    leaves: list[Leave] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(day.turns for day in self.days)


def roster_shown(mine_id: int, month: Month, *, now: datetime) -> RosterShown:
    """Return a month of the mine's roster."""
    today = localtime(now).date()
    rule, calendar = rule_of(mine_id), calendar_of(mine_id)
    turns = turns_between(mine_id, month.since, month.until)
    leaves = leaves_between(mine_id, month.since, month.until)
    units = departments_of(mine_id)
    return RosterShown(
        month,
        rule,
        _days(month, calendar, turns, rule, now),
        _people(units, turns, leaves, month),
        _units(units, turns),
        clashes_between(mine_id, month, today=today),
        leaves,
    )


def clashes_between(mine_id: int, month: Month, *, today: date) -> list[str]:
    """Return what is wrong with the roster from today on, in sentences."""
    since = max(month.since, today)
    if since > month.until:
        return []
    ahead = Month(since, month.until)
    task = task_for(mine_id, ahead, today=today)
    if not task.members:
        # Where no department takes turns nobody is missing.
        return []
    turns = [taking(turn) for turn in turns_between(mine_id, since, month.until)]
    names = {
        turn.person_id: turn.person.name
        for turn in turns_between(mine_id, since, month.until)
    }
    return clashes_of(task, planned(task, turns), names=names)


def clashes_soon(mine_id: int, *, today: date) -> tuple[str, ...]:
    """Return what is wrong with the week that begins today, remembered per generation."""
    return _clashes_soon(mine_id, today, generation())


@lru_cache(maxsize=64)
def _clashes_soon(mine_id: int, today: date, _generation: int) -> tuple[str, ...]:
    # Every page of who plans asks; turns and leaves move the generation on.
    return tuple(clashes_between(mine_id, Month(today, today + AHEAD), today=today))


def swaps_waiting_for(person_id: int, *, today: date) -> list[Swap]:
    """Return the swaps that this person is asked to answer, the nearest day first."""
    swaps = Swap.objects.filter(
        to_id=person_id, state=SwapState.ASKED, turn__day__gte=today
    )
    related = ("by", "turn__unit", "back__unit")
    return list(swaps.select_related(*related).order_by("turn__day"))


def swaps_asked_by(person_id: int, *, today: date) -> list[Swap]:
    """Return the swaps that this person asked for and that still matter."""
    swaps = Swap.objects.filter(by_id=person_id, turn__day__gte=today).exclude(
        state=SwapState.WITHDRAWN
    )
    return list(swaps.select_related("to", "turn", "back").order_by("turn__day"))


def turns_to_come(person_id: int, *, mine_id: int, today: date) -> list[Turn]:
    """Return the person's turns from today on for which they have not come."""
    turns = Turn.objects.filter(
        mine_id=mine_id, person_id=person_id, day__gte=today, arrived_at=None
    )
    return list(turns.select_related("unit").order_by("day"))


def others_turns(person_id: int, *, mine_id: int, today: date) -> list[Turn]:
    """Return what others have in the quarter ahead: one of it may come in return."""
    turns = Turn.objects.filter(
        mine_id=mine_id,
        day__range=(today, today + timedelta(days=92)),
        arrived_at=None,
    ).exclude(person_id=person_id)
    return list(turns.select_related("person", "unit").order_by("day"))


def _days(
    month: Month,
    calendar: WorkCalendar,
    turns: list[Turn],
    rule: RosterRule,
    now: datetime,
) -> list[DayShown]:
    today = localtime(now).date()
    waiting = set(
        Swap.objects.filter(turn__in=turns, state=SwapState.ASKED).values_list(
            "turn", flat=True
        )
    )
    by_day: dict[date, list[TurnShown]] = {}
    for turn in turns:
        came, colour = _came(turn, rule.opens_at, today)
        shown = TurnShown(turn, came, colour, waiting=turn.pk in waiting)
        by_day.setdefault(turn.day, []).append(shown)
    days = (
        month.since + timedelta(days=n)
        for n in range((month.until - month.since).days + 1)
    )
    return [
        DayShown(
            day,
            _note(calendar, day),
            by_day.get(day, []),
            is_past=day < today,
            is_today=day == today,
        )
        for day in days
        if calendar.is_workday(day) or day in by_day
    ]


def _note(calendar: WorkCalendar, day: date) -> str:
    kind = calendar.kind(day)
    if kind is StepKind.WORKING:
        return ""
    name = calendar.name(day)
    return f"{kind.label} {name}".strip()


def _came(turn: Turn, opens_at: time, today: date) -> tuple[str, str]:
    """Say whether somebody came in time, late or not at all; nothing of days to come."""
    if turn.arrived_at is None:
        return (_("没有到岗"), "bad") if turn.day < today else ("", "")
    at = localtime(turn.arrived_at)
    if at.date() > turn.day or at.time().replace(second=0, microsecond=0) > opens_at:
        return _("%(time)s 到岗，迟到") % {"time": f"{at:%H:%M}"}, "warn"
    return _("%(time)s 到岗") % {"time": f"{at:%H:%M}"}, "good"


def _people(
    units: list[Unit], turns: list[Turn], leaves: list[Leave], month: Month
) -> list[Count]:
    many = Counter(turn.person_id for turn in turns)
    away: Counter[int] = Counter()
    for leave in leaves:
        first, last = max(leave.since, month.since), min(leave.until, month.until)
        away[leave.person_id] += (last - first).days + 1
    everybody: dict[int, User] = {
        one.pk: one for several in people_of(units).values() for one in several
    }
    everybody |= {turn.person_id: turn.person for turn in turns}
    return [Count(one.name, many[pk], away[pk]) for pk, one in everybody.items()]


def _units(units: list[Unit], turns: list[Turn]) -> list[Count]:
    many = Counter(turn.unit_id for turn in turns)
    everything = {unit.pk: unit for unit in units}
    everything |= {turn.unit_id: turn.unit for turn in turns}
    return [Count(unit.name, many[pk]) for pk, unit in everything.items()]
