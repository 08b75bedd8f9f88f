"""Wrap the boxes of sealed matters to the committee's key, so that the ring opens none."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from shuoshi.common.committees import COMMITTEE
from shuoshi.common.sealing import SealBroken, hand_over
from shuoshi.keys.actions.overwriting import overwrite_log
from shuoshi.matters.models import CommitteeKey, Matter
from shuoshi.matters.queries.committee import (
    boxes_of_matters,
    committee_key_of,
    is_vouched_for,
    recipient_of,
    sealed_matters,
)
from shuoshi.trail.actions import note


if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shuoshi.keys.rules.boxes import Boxes

PAGE: Final = 100


def key_to_seal_to(mine_id: int, *, now: datetime) -> CommitteeKey | None:
    """
    Return the committee's key and keep it from being retired until the transaction ends.

    None if the mine has none yet, or one that was put there past the house: then the ring
    alone seals, desk and office say so, and ``verify`` names the key.
    """
    while (key := committee_key_of(mine_id)) is not None and is_vouched_for(key):
        same = CommitteeKey.objects.filter(pk=key.pk, retired_at=None)
        if same.update(sealed_at=now):
            return key
    return None


def hand_over_matter(matter: Matter, *, now: datetime) -> None:
    """
    Wrap what a matter just sealed has under the ring to the committee, in its transaction.

    Words that are sealed later in the same box go with it.
    """
    key = key_to_seal_to(matter.mine_id, now=now)
    if key is not None:
        for boxes, rows in boxes_of_matters(Matter.objects.filter(pk=matter.pk)):
            hand_over_rows(boxes, _under_the_ring(boxes, rows), key)


def hand_over_waiting(*, now: datetime) -> int:
    """
    Wrap to their committees what was sealed before they had a key; return how much.

    A page a transaction, and only where nobody changed the box meanwhile: ended anywhere,
    it goes on when called again. Do not call it inside a transaction.
    """
    done = 0
    for key in CommitteeKey.objects.filter(retired_at=None):
        for boxes, rows in boxes_of_matters(sealed_matters(key.mine_id)):
            done += _pages(boxes, _under_the_ring(boxes, rows), key, now=now)
    if done:
        overwrite_log()
    return done


def _pages(
    boxes: "Boxes", rows: "QuerySet[Any]", key: CommitteeKey, *, now: datetime
) -> int:
    done, after = 0, rows
    while page := list(after.order_by("pk").values_list("pk", flat=True)[:PAGE]):
        after = rows.filter(pk__gt=page[-1])
        done += _page(boxes, rows.filter(pk__in=page), key, now=now)
    return done


@transaction.atomic
def _page(
    boxes: "Boxes", rows: "QuerySet[Any]", key: CommitteeKey, *, now: datetime
) -> int:
    current = key_to_seal_to(key.mine_id, now=now)
    done = hand_over_rows(boxes, rows, current) if current else 0
    if done:
        note(
            "matters.handed_to_committee",
            by="clock",
            at=now,
            mine_id=key.mine_id,
            detail={"key": key.pk, "boxes": boxes.name, "count": done},
        )
    return done


def hand_over_rows(boxes: "Boxes", rows: "QuerySet[Any]", key: CommitteeKey) -> int:
    """Wrap the boxes of these rows to a committee's key; return how many were."""
    to, done = recipient_of(key), 0
    for pk, wrapped, owner in rows.values_list("pk", boxes.key, boxes.owner):
        try:
            fresh = hand_over(boxes.owner_of(owner), wrapped, to)
        except SealBroken:
            # It stays as it is: the others must not wait for one that was tampered with.
            continue
        # Who erased it meanwhile has the last word.
        same = boxes.model._default_manager.filter(pk=pk, **{boxes.key: wrapped})
        done += same.update(**{boxes.key: fresh})
    return done


def _under_the_ring(boxes: "Boxes", rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.exclude(**{f"{boxes.key}__startswith": COMMITTEE})
