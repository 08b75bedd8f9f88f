"""Wrap every box of the house by the current key of the ring, while the house is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from shuoshi.common.sealing import SealBroken, rewrap, ring
from shuoshi.keys.queries.boxes import boxes_by_key, waiting_pages
from shuoshi.keys.rules.boxes import BOXES, Boxes
from shuoshi.trail.actions import note


PAGE: Final = 200


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: boxes wrapped anew, boxes that do not open, what remains."""

    wrapped: int
    broken: int
    by_key: dict[str, int]

    @property
    def waiting(self) -> int:
        """How many boxes are not under the current key."""
        return sum(self.by_key.values()) - self.by_key[ring().current.id]


def rotate_keys(
    *,
    by: str,
    clock: Callable[[], datetime],
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> Rotated:
    """
    Wrap anew whatever an old key of the ring wraps; begun again, it goes on.

    Row by row, only where nobody changed the box meanwhile, a page a transaction: it may
    be ended at any moment, and others go on working. Begin and end go on record. Do not
    call it inside a transaction.
    """
    before = boxes_by_key()
    total = sum(before.values()) - before[ring().current.id]
    note(
        "keys.rotation_began",
        by=by,
        at=clock(),
        detail={"to": ring().current.id, "waiting": total},
    )
    wrapped = broken = 0
    for boxes in BOXES.values():
        for page in waiting_pages(boxes, PAGE):
            turned, failed = _turn(boxes, page)
            wrapped, broken = wrapped + turned, broken + failed
            told(wrapped + broken, total)
    after = Rotated(wrapped, broken, boxes_by_key())
    note(
        "keys.rotation_ended",
        by=by,
        at=clock(),
        detail={
            "to": ring().current.id,
            "wrapped": wrapped,
            "broken": broken,
            "waiting": after.waiting,
        },
    )
    return after


def _turn(boxes: Boxes, page: list[tuple[Any, str, Any]]) -> tuple[int, int]:
    """Wrap one page anew; return how many were, and how many do not open."""
    turned: list[tuple[Any, str, str]] = []
    broken = 0
    for pk, key, owner in page:
        try:
            fresh = rewrap(boxes.owner_of(owner), key)
        except SealBroken:
            # It stays as it is: others must not wait for one row that was tampered with.
            broken += 1
            continue
        if fresh:
            turned.append((pk, key, fresh))
    with transaction.atomic():
        done = sum(_exchange(boxes, pk, key, fresh) for pk, key, fresh in turned)
    return done, broken


def _exchange(boxes: Boxes, pk: Any, key: str, fresh: str) -> int:
    # Who erased it meanwhile has the last word.
    same = boxes.model._default_manager.filter(pk=pk, **{boxes.key: key})
    return same.update(**{boxes.key: fresh})
