"""Which requests a person may answer: those of people they may know."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuoshi.accounts.models import User
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import Identity
from shuoshi.privacy.queries.requests import requests_in
from shuoshi.privacy.rules.access import may_answer


if TYPE_CHECKING:
    from uuid import UUID

    from shuoshi.org.rules.standing import Standing
    from shuoshi.privacy.models import RightsRequest

MOST_SHOWN = 200


@dataclass(frozen=True)
class Waiting:
    """A request in the queue, and whose it is."""

    request: "RightsRequest"
    matter: Matter | None
    person: User | None


def answers_it(person: "Standing", matter: Matter) -> bool:
    """True for who may know the speaker; the anonymous has none to be known."""
    if matter.identity == Identity.ANONYMOUS:
        return gate.may(person, Permission.READ, matter)
    speaker = getattr(matter, "speaker", None)
    # Who is stored and shown to nobody still asks, and is answered as one unknown.
    if speaker is None or speaker.restricted_at or not speaker.key:
        return gate.may(person, Permission.READ, matter)
    return gate.may(person, Permission.SEE_SPEAKER, matter)


def queue_of(person: "Standing") -> list[Waiting]:
    """Return what this person may answer: what waits by its day, then what was answered."""
    if not may_answer(person) or person.mine_id is None:
        return []
    requests = list(requests_in(person.mine_id)[:MOST_SHOWN])
    uids = [one.about for one in requests if one.about]
    seen = for_the_page(matters_seen_by(person).filter(uid__in=uids))
    matters: dict[UUID, Matter] = {
        one.uid: one for one in seen if answers_it(person, one)
    }
    ids = [one.person_id for one in requests if one.person_id]
    people = User.objects.in_bulk(ids)
    return [
        Waiting(
            one,
            matters.get(one.about) if one.about else None,
            people.get(one.person_id) if one.person_id else None,
        )
        for one in requests
        if (one.about in matters if one.about else one.person_id != person.person_id)
    ]


def request_for(person: "Standing", uid: "UUID") -> Waiting | None:
    """Return one request if this person may answer it."""
    return next((one for one in queue_of(person) if one.request.uid == uid), None)
