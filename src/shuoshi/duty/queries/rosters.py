"""What a roster is made of, read from the house: rule, departments, people, leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from shuoshi.accounts.models import User
from shuoshi.common.workdays import WorkCalendar
from shuoshi.duty.models import Leave, Origin, RosterRule, SwapState, Turn
from shuoshi.duty.rules.rosters import Plan, Taking, Task, working_days
from shuoshi.org.models import Post, Unit
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.roles import Role


# So far back a roster looks for who was on duty last, and who had how many turns.
BACK = timedelta(days=92)


@dataclass(frozen=True)
class Month:
    """The days that a roster is made for."""

    since: date
    until: date


def month_of(day: date, *, months: int = 1) -> Month:
    """Return the month of a day, or so many months from it on."""
    since = day.replace(day=1)
    until = since
    for _month in range(months):
        until = (until.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Month(since, until - timedelta(days=1))


def rule_of(mine_id: int) -> RosterRule:
    """Return the mine's rule, or the usual one, which is not kept."""
    found = RosterRule.objects.filter(mine_id=mine_id).first()
    return found or RosterRule(mine_id=mine_id, order=[])


def departments_of(mine_id: int) -> list[Unit]:
    """Return the departments that take turns, in the order of their turns."""
    order = {pk: place for place, pk in enumerate(rule_of(mine_id).order)}
    units = Unit.objects.filter(mine_id=mine_id, takes_duty=True, is_active=True)
    return sorted(units.order_by("pk"), key=lambda unit: order.get(unit.pk, len(order)))


def people_of(units: Iterable[Unit]) -> dict[int, list[User]]:
    """Return who receives for each unit, in the order of their posts."""
    units = list(units)
    posts = Post.objects.filter(
        unit__in=units, role=Role.RECEPTION, ended_on=None, person__is_active=True
    )
    found: dict[int, list[User]] = {unit.pk: [] for unit in units}
    for post in posts.select_related("person").order_by("pk"):
        found[post.unit_id].append(post.person)
    return found


def calendar_of(mine_id: int) -> WorkCalendar:
    """Return the days that this mine works."""
    return work_calendar(mine_id, generation())


def leaves_between(mine_id: int, since: date, until: date) -> list[Leave]:
    """Return the leaves that touch these days, the first one first."""
    leaves = Leave.objects.filter(mine_id=mine_id, since__lte=until, until__gte=since)
    return list(leaves.select_related("person").order_by("since", "pk"))


def turns_between(mine_id: int, since: date, until: date) -> list[Turn]:
    """Return the turns of these days, in the order in which they were entered."""
    turns = Turn.objects.filter(mine_id=mine_id, day__range=(since, until))
    return list(turns.select_related("person", "unit").order_by("day", "pk"))


def task_for(mine_id: int, month: Month, *, today: date, seed: int = 0) -> Task:
    """
    Return what is to be planned: the working days of these months.

    What was agreed by hand or by a swap stands, and so does what is past.
    """
    rule, calendar = rule_of(mine_id), calendar_of(mine_id)
    units = departments_of(mine_id)
    people = people_of(units)
    members = {
        unit.pk: tuple(one.pk for one in people[unit.pk])
        for unit in units
        if people[unit.pk]
    }
    before = turns_between(mine_id, month.since - BACK, month.since - timedelta(days=1))
    days = working_days(calendar, month.since, month.until)
    return Task(
        days,
        _from_the_next(members, before),
        rule.per_day,
        rule.apart,
        away=_away(leaves_between(mine_id, month.since, month.until)),
        fixed=tuple(
            taking(turn)
            for turn in Turn.objects.filter(
                mine_id=mine_id, day__range=(month.since, month.until), day__in=days
            ).exclude(pk__in=turns_to_make_anew(mine_id, month, today=today))
        ),
        before=frozenset(
            turn.person_id for turn in before if turn.day == before[-1].day
        ),
        earlier=_earlier(mine_id, month),
        seed=seed,
    )


def turns_to_make_anew(mine_id: int, month: Month, *, today: date) -> QuerySet[Turn]:
    """
    Return the turns that planning may take back.

    What people entered or swapped stands, what somebody is asked to swap, and what is past.
    """
    return (
        Turn.objects.filter(
            mine_id=mine_id,
            day__range=(month.since, month.until),
            day__gt=today,
            origin=Origin.ROSTER,
        )
        .exclude(swaps_asked__state=SwapState.ASKED)
        .exclude(swaps_returned__state=SwapState.ASKED)
    )


def taking(turn: Turn) -> Taking:
    """Return a turn as a value."""
    return Taking(turn.day, turn.unit_id, turn.person_id)


def _from_the_next(
    members: dict[int, tuple[int, ...]], before: list[Turn]
) -> dict[int, tuple[int, ...]]:
    """Return the units from the one whose turn comes after the last."""
    order = list(members)
    if before and before[-1].unit_id in order:
        first = order.index(before[-1].unit_id) + 1
        order = order[first:] + order[:first]
    return {unit_id: members[unit_id] for unit_id in order}


def _away(leaves: list[Leave]) -> dict[int, frozenset[date]]:
    away: dict[int, set[date]] = {}
    for leave in leaves:
        long = (leave.until - leave.since).days + 1
        away.setdefault(leave.person_id, set()).update(
            leave.since + timedelta(days=n) for n in range(long)
        )
    return {person: frozenset(days) for person, days in away.items()}


def _earlier(mine_id: int, month: Month) -> dict[int, int]:
    """Return how many turns each person had in the quarter before."""
    turns = Turn.objects.filter(
        mine_id=mine_id, day__gte=month.since - BACK, day__lt=month.since
    )
    counted = turns.values("person").annotate(many=Count("pk"))
    return {row["person"]: row["many"] for row in counted}


def names_in(plan: Plan) -> tuple[dict[int, str], dict[int, str]]:
    """Return how the people and the units of a roster are called by the console."""
    people = {turn.person_id for turn in plan.turns}
    units = {turn.unit_id for turn in plan.turns}
    return (
        dict(User.objects.filter(pk__in=people).values_list("pk", "name")),
        dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")),
    )


def unit_on_duty_for(person_id: int, *, mine_id: int) -> Unit | None:
    """
    Return the department for which a person takes turns; None if they receive nobody.

    One that is in the rotation goes before one that is not.
    """
    posts = Post.objects.filter(
        person_id=person_id,
        mine_id=mine_id,
        role=Role.RECEPTION,
        ended_on=None,
        person__is_active=True,
    )
    post = posts.select_related("unit").order_by("-unit__takes_duty", "pk").first()
    return post.unit if post else None


def receivers_of(mine_id: int) -> list[User]:
    """Return everybody who receives in the mine, by name."""
    here = User.objects.filter(
        is_active=True,
        posts__mine_id=mine_id,
        posts__role=Role.RECEPTION,
        posts__ended_on=None,
    )
    return list(here.distinct().order_by("name", "pk"))
