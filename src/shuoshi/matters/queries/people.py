"""Find the person whom a step makes responsible, past those who are kept from it."""

from collections.abc import Callable, Iterable

from shuoshi.accounts.models import User
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.access import administers, is_kept_from, same_mine
from shuoshi.org.queries.people import (
    heads_of,
    leaders_in_charge_of,
    leaders_over,
    people_with,
)
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role


def first_who_may(matter: Matter, people: Iterable[int]) -> int | None:
    """Return the first of the people who still is in the mine and may know of it."""
    wanted = list(people)
    found = User.objects.filter(is_active=True).in_bulk(wanted)
    return next(
        (
            person_id
            for person_id in wanted
            if person_id in found and same_mine(standing_of(found[person_id]), matter)
        ),
        None,
    )


def all_who_may(matter: Matter, people: Iterable[int]) -> list[int]:
    """Return those of the people from whom the matter is not kept."""
    if not matter.names_objects:
        return list(people)
    return [one for one in people if first_who_may(matter, [one])]


def are_all_kept_out(matter: Matter, people: Iterable[int | None]) -> bool:
    """True where the mine has some of these people, and the matter is kept from each."""
    found = User.objects.filter(pk__in=[one for one in people if one], is_active=True)
    here = [
        standing
        for standing in map(standing_of, found)
        if standing.mine_id == matter.mine_id and not administers(standing)
    ]
    return bool(here) and all(is_kept_from(standing, matter) for standing in here)


def is_held_by_the_named(matter: Matter, other: Matter) -> bool:
    """
    True where anybody at work on another matter is kept from this one.

    At work is also who grants what is asked there and reviews it: the leaders over its
    units, and the chief.
    """
    if not matter.names_objects:
        return False
    asked = [other.lead_unit_id, *other.parts.values_list("unit", flat=True)]
    units = [unit for unit in asked if unit]
    over = [leaders_over(unit, mine_id=other.mine_id) for unit in units]
    at_work = {
        other.first_receiver_id,
        other.responsible_id,
        other.handler_id,
        other.convener_id,
        *(head for unit in units for head in heads_of(unit)),
        *(leader for leaders in over for leader in leaders),
    }
    found = User.objects.filter(pk__in=[one for one in at_work if one])
    return any(is_kept_from(standing_of(person), matter) for person in found)


def coordinators(matter: Matter) -> list[int]:
    return people_with(Role.COORDINATOR, mine_id=matter.mine_id)


def discipline(matter: Matter) -> list[int]:
    return people_with(Role.DISCIPLINE, mine_id=matter.mine_id)


def chiefs(matter: Matter) -> list[int]:
    return people_with(Role.CHIEF, mine_id=matter.mine_id)


def unit_heads(matter: Matter) -> list[int]:
    return heads_of(matter.lead_unit_id)


def leaders(matter: Matter) -> list[int]:
    return leaders_in_charge_of(matter.lead_unit_id, mine_id=matter.mine_id)


def receiver_or_next(
    matter: Matter, *, besides: Iterable[int | None] = ()
) -> int | None:
    """Return the first receiver, else a coordinator, a chief, the committee."""
    line = (_first_receiver, coordinators, chiefs, discipline)
    return _first_in_line(matter, line, besides)


def head_or_next(matter: Matter) -> int | None:
    """Return the head of the lead unit, else whoever coordinates."""
    return first_who_may(matter, unit_heads(matter)) or receiver_or_next(matter)


def leader_or_next(matter: Matter, *, besides: Iterable[int | None] = ()) -> int | None:
    """Return the leader in charge of the lead unit, else the chief, else who coordinates."""
    found = _first_in_line(matter, (leaders, chiefs), besides)
    return found or receiver_or_next(matter, besides=besides)


def chief_or_next(matter: Matter, *, besides: Iterable[int | None] = ()) -> int | None:
    """Return the chief, for the last review, else another leader."""
    found = _first_in_line(matter, (chiefs, leaders), besides)
    return found or receiver_or_next(matter, besides=besides)


def _first_receiver(matter: Matter) -> list[int]:
    return [matter.first_receiver_id]


def _first_in_line(
    matter: Matter,
    line: Iterable[Callable[[Matter], list[int]]],
    besides: Iterable[int | None],
) -> int | None:
    """Ask each group only when nobody was found in the one before."""
    left_out = set(besides)
    asked = (
        first_who_may(matter, [one for one in group(matter) if one not in left_out])
        for group in line
    )
    return next((one for one in asked if one is not None), None)
