"""Where people are reached, what they want, and when not."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuoshi.common.sealing import SealBroken, open_box
from shuoshi.notices.models import Address, Muted, QuietHours
from shuoshi.notices.queries.roads import open_roads
from shuoshi.notices.rules.kinds import Group
from shuoshi.notices.rules.roads import TYPED, Road
from shuoshi.notices.rules.timing import USUAL, Quiet


if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class RoadShown:
    """One road as its owner sees it: the address is shown in part."""

    road: Road
    typed: bool
    address: str
    confirmed: bool
    waiting: bool
    wanted: list[tuple[Group, bool]]


def address_on(person_id: int, road: str) -> Address | None:
    """Return a person's address on a road, confirmed or not."""
    return Address.objects.filter(person=person_id, road=road).first()


def confirmed_addresses(people: Collection[int]) -> "QuerySet[Address]":
    """Return the addresses that their owners proved to be theirs."""
    return Address.objects.filter(person__in=people, confirmed_at__isnull=False)


def opened(address: Address) -> str:
    """
    Return an address out of its seal.

    :raises SealBroken: if it was erased or belongs to another row.
    """
    return open_box(f"address:{address.uid}", address.key).open(
        address.address, "address"
    )


def muted_by(people: Collection[int]) -> set[tuple[int, str, str]]:
    """Return (person, road, group) for everything that these people do not want."""
    return set(
        Muted.objects.filter(person__in=people).values_list("person", "road", "group")
    )


def quiet_of(people: Collection[int]) -> dict[int, Quiet]:
    """Return when these people are not written to; who never said has the usual night."""
    said = {
        one.person_id: Quiet(one.starts, one.ends)
        for one in QuietHours.objects.filter(person__in=people)
    }
    return {person: said.get(person, USUAL) for person in people}


def roads_shown(person_id: int) -> list[RoadShown]:
    """Return every road of the house as the person sees it."""
    kept = {one.road: one for one in Address.objects.filter(person=person_id)}
    muted = muted_by([person_id])
    return [
        RoadShown(
            road=road,
            typed=road in TYPED,
            address=_in_part(kept.get(road)),
            confirmed=bool(kept.get(road) and kept[road].confirmed_at),
            waiting=bool(kept.get(road) and not kept[road].confirmed_at),
            wanted=[
                (group, (person_id, str(road), str(group)) not in muted)
                for group in Group
            ],
        )
        for road in open_roads()
    ]


def _in_part(address: Address | None) -> str:
    """Return enough of an address to know it again, over somebody's shoulder too little."""
    if address is None or address.road not in TYPED:
        return ""
    try:
        whole = opened(address)
    except SealBroken:
        return ""
    if address.road == Road.SMS:
        return f"{whole[:3]}****{whole[-4:]}"
    name, _at, host = whole.partition("@")
    return f"{name[:1]}***@{host}"
