"""Send what waits in the outbox: at once inside the program, and onto the roads out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction

from shuoshi.notices.models import Delivery, Notice
from shuoshi.notices.queries import outbox_waiting
from shuoshi.notices.queries.addresses import confirmed_addresses, muted_by, quiet_of
from shuoshi.notices.queries.roads import open_roads
from shuoshi.notices.rules.kinds import group_of


IN_APP: Final = "IN_APP"
BATCH: Final = 1000


def send_in_app(*, now: datetime) -> int:
    """
    Send what waits for people inside the program, batch by batch; return how many.

    Whoever wants to be told on other roads as well is put on those, in the same
    transaction: no notice is forgotten there, none goes twice.
    """
    sent = 0
    while batch := list(outbox_waiting(IN_APP)[:BATCH]):
        with transaction.atomic():
            # Another worker may have sent some of them a moment ago.
            mine = [
                one
                for one in batch
                if Notice.objects.filter(pk=one.pk, sent_at=None).update(sent_at=now)
            ]
            _put_on_roads(mine, now)
        sent += len(mine)
    return sent


def _put_on_roads(notices: list[Notice], now: datetime) -> None:
    roads = open_roads()
    if roads and notices:
        to_people = _to_people(notices, set(roads), now)
        to_speakers = (
            Delivery(notice=one, next_at=now) for one in notices if one.to_id is None
        )
        Delivery.objects.bulk_create([*to_people, *to_speakers], ignore_conflicts=True)


def _to_people(
    notices: list[Notice], roads: set[str], now: datetime
) -> Iterator[Delivery]:
    people = {one.to_id for one in notices if one.to_id is not None}
    muted, quiet = muted_by(people), quiet_of(people)
    reached: dict[int, list[str]] = {}
    for address in confirmed_addresses(people):
        reached.setdefault(address.person_id, []).append(address.road)
    for one in notices:
        if one.to_id is None:
            continue
        for road in reached.get(one.to_id, []):
            if road in roads and (one.to_id, road, group_of(one.kind)) not in muted:
                yield Delivery(
                    notice=one, road=road, next_at=quiet[one.to_id].over_at(now)
                )
