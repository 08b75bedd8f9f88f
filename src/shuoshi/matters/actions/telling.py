"""Tell people that there is news on a matter: never what, never those kept from it."""

from collections.abc import Iterable
from datetime import datetime

from shuoshi.matters.actions.change import Change
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.people import (
    all_who_may,
    coordinators,
    discipline,
    leaders,
    unit_heads,
)
from shuoshi.matters.rules.table import Audience
from shuoshi.notices.actions import queue_many
from shuoshi.org.queries.people import heads_of


def tell(change: Change) -> None:
    """Queue a notice for everybody whom the step tells, but for who took it."""
    matter = change.matter
    audiences = dict.fromkeys((*change.step.tells, *change.tells))
    people = [
        person_id
        for audience in audiences
        if audience is not Audience.SPEAKER
        for person_id in _people(change, audience)
    ]
    tell_people(
        matter,
        [one for one in dict.fromkeys(people) if one != change.person_id],
        kind=change.step.name,
        now=change.now,
        speaker=Audience.SPEAKER in audiences,
    )


def tell_people(
    matter: Matter,
    people: Iterable[int],
    *,
    kind: str,
    now: datetime,
    speaker: bool = False,
) -> None:
    """Queue a notice for these people, and for the speaker if wanted."""
    told: list[int | None] = list(all_who_may(matter, people))
    if speaker:
        # Who raised it has no account: the notice waits behind the receipt.
        told.append(None)
    queue_many(
        to=told,
        kind=kind,
        mine_id=matter.mine_id,
        about=matter.uid,
        number=matter.number,
        now=now,
    )


def _people(change: Change, audience: Audience) -> list[int]:
    matter = change.matter
    match audience:
        case Audience.RESPONSIBLE:
            return [matter.responsible_id] if matter.responsible_id else []
        case Audience.FIRST_RECEIVER:
            return [matter.first_receiver_id]
        case Audience.HANDLER:
            return [matter.handler_id] if matter.handler_id else []
        case Audience.LEAD_HEAD:
            return unit_heads(matter)
        case Audience.COORDINATOR:
            return coordinators(matter)
        case Audience.LEADER_IN_CHARGE:
            return leaders(matter)
        case Audience.DISCIPLINE:
            return discipline(matter)
        case _:
            units = dict.fromkeys(change.units)
            return [head for unit_id in units for head in heads_of(unit_id)]
