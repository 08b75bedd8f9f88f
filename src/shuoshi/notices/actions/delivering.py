"""Let messages leave the house, and try again where the other side is away."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F

from shuoshi.common.sealing import SealBroken
from shuoshi.notices.actions.outside import send_on
from shuoshi.notices.models import Delivery, DeliveryState, Notice
from shuoshi.notices.queries.addresses import address_on, opened, quiet_of
from shuoshi.notices.queries.deliveries import due_deliveries
from shuoshi.notices.rules.kinds import BOOKING, group_of
from shuoshi.notices.rules.roads import AddressGone, Reach, RoadAway, RoadClosed
from shuoshi.notices.rules.timing import MOST_ATTEMPTS, USUAL, wait_after
from shuoshi.notices.rules.words import (
    news_for_booker,
    news_for_people,
    news_for_speaker,
)


# Longer than any road takes to answer: nobody else sends it meanwhile.
LEASE: Final = timedelta(minutes=3)
AT_ONCE: Final = 200
# The other side is away for all: do not try the next hundred of this round.
PATIENCE: Final = 3


@dataclass(frozen=True)
class House:
    """
    What only the rooms above know.

    ``address`` is where the house is found by browsers. ``still_told`` returns which of
    these matters a person may know of by now; ``reach`` how the speaker of a matter is
    reached, None if only by the receipt.
    """

    address: str
    still_told: Callable[[int, Collection[UUID]], set[UUID]]
    reach: Callable[[UUID], Reach | None]


def deliver_due(house: House, *, clock: Callable[[], datetime]) -> int:
    """
    Send what is due; return how many messages left the house.

    All that waits for one person on one road leaves as one message. What a person may
    not know of any more is dropped. A worker that dies after the other side took a
    message, and before it is written down, sends it a second time: that is the lesser
    evil, for it says nothing but that there is news.
    """
    sent, away = 0, dict[str, int]()
    for one in due_deliveries(clock())[:AT_ONCE]:
        if away.get(one.road, 0) >= PATIENCE:
            continue
        mine = _take(one, clock())
        if not mine:
            continue
        outcome = _send(mine, house, clock)
        sent += outcome == DeliveryState.SENT
        if outcome == DeliveryState.WAITING:
            away[one.road] = away.get(one.road, 0) + 1
    return sent


def _take(one: Delivery, now: datetime) -> list[Delivery]:
    """Lease a delivery and what waits for the same person on the same road."""
    together = due_deliveries(now).filter(pk=one.pk)
    if one.notice.to_id is not None:
        together = due_deliveries(now).filter(road=one.road, notice__to=one.notice.to)
    until = now + LEASE
    return [
        waiting
        for waiting in together
        if Delivery.objects.filter(
            pk=waiting.pk,
            state=DeliveryState.WAITING,
            lease_until=waiting.lease_until,
        ).update(lease_until=until)
    ]


def _send(mine: list[Delivery], house: House, clock: Callable[[], datetime]) -> str:
    person = mine[0].notice.to_id
    if person is not None:
        abouts = [one.notice.about for one in mine if one.notice.about]
        told = {None, *house.still_told(person, abouts)}
        _end(
            [one for one in mine if one.notice.about not in told],
            DeliveryState.DROPPED,
            clock(),
        )
        mine = [one for one in mine if one.notice.about in told]
        quiet = quiet_of([person])[person]
    else:
        quiet = USUAL
    later = quiet.over_at(clock())
    if mine and later > clock():
        _wait(mine, until=later)
        return DeliveryState.DROPPED
    reach = _reach(mine[0], house) if mine else None
    if reach is None:
        _end(mine, DeliveryState.DROPPED, clock())
        return DeliveryState.DROPPED
    return _try(mine, reach, _words([one.notice for one in mine], house), clock)


def _try(
    mine: list[Delivery], reach: Reach, words: str, clock: Callable[[], datetime]
) -> str:
    try:
        send_on(reach.road, reach.address, words, now=clock())
    except (AddressGone, RoadClosed) as failure:
        _fail(mine, reach.road, failure, clock(), again=False)
        return DeliveryState.GIVEN_UP
    except RoadAway as failure:
        again = mine[0].attempts + 1 < MOST_ATTEMPTS
        _fail(mine, reach.road, failure, clock(), again=again)
        return DeliveryState.WAITING
    _end(mine, DeliveryState.SENT, clock(), road=reach.road)
    return DeliveryState.SENT


def _reach(one: Delivery, house: House) -> Reach | None:
    person = one.notice.to_id
    if person is None:
        return house.reach(one.notice.about) if one.notice.about else None
    found = address_on(person, one.road)
    if found is None or found.confirmed_at is None:
        return None
    try:
        return Reach(found.road, opened(found))  # type: ignore[arg-type]
    except SealBroken:
        return None


def _words(notices: list[Notice], house: House) -> str:
    if notices[0].to_id is None:
        booked = notices[0].kind.startswith(BOOKING)
        return (news_for_booker if booked else news_for_speaker)(house=house.address)
    groups = [str(group_of(one.kind)) for one in notices]
    return news_for_people(groups, house=house.address)


def _end(
    mine: list[Delivery], state: DeliveryState, now: datetime, *, road: str = ""
) -> None:
    changes: dict[str, object] = {"state": state, "ended_at": now, "lease_until": None}
    if road:
        changes["road"] = road
    Delivery.objects.filter(pk__in=[one.pk for one in mine]).update(**changes)


def _wait(mine: list[Delivery], *, until: datetime) -> None:
    Delivery.objects.filter(pk__in=[one.pk for one in mine]).update(
        next_at=until, lease_until=None
    )


def _fail(
    mine: list[Delivery], road: str, failure: Exception, now: datetime, *, again: bool
) -> None:
    changes: dict[str, object] = {
        "road": road,
        "attempts": F("attempts") + 1,
        "failed_at": now,
        "failure": str(failure)[:40] or type(failure).__name__,
        "lease_until": None,
    }
    if again:
        changes["next_at"] = now + wait_after(mine[0].attempts + 1)
    else:
        changes |= {"state": DeliveryState.GIVEN_UP, "ended_at": now}
    Delivery.objects.filter(pk__in=[one.pk for one in mine]).update(**changes)
