"""Count the boxes of the house by the key of the ring that wraps them."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from shuoshi.common.committees import COMMITTEE
from shuoshi.common.sealing import ring
from shuoshi.keys.rules.boxes import BOXES, Boxes


if TYPE_CHECKING:
    from collections.abc import Iterator


def rows_of(boxes: Boxes) -> "QuerySet[Any]":
    """Return the rows of a table whose box was not erased."""
    return boxes.model._default_manager.exclude(**{boxes.key: ""})


def counted_by_key(boxes: Boxes) -> dict[str, int]:
    """Return how many boxes of a table are wrapped by which key of the ring."""
    dot = StrIndex(F(boxes.key), Value("."))
    rows = rows_of(boxes).annotate(ring_key=Substr(F(boxes.key), 1, dot - 1))
    counted = rows.values_list("ring_key").annotate(boxes=Count("pk"))
    return dict(counted.order_by("ring_key"))


def boxes_by_key() -> dict[str, int]:
    """Return how many boxes of the whole house are wrapped by which key, old ones too."""
    total = dict.fromkeys(ring().keys, 0)
    for key_id, count in _counted():
        if not key_id.startswith(COMMITTEE):
            total[key_id] = total.get(key_id, 0) + count
    return total


def boxes_of_committees() -> int:
    """Return how many boxes are wrapped to committees: the ring opens none of them."""
    return sum(count for key_id, count in _counted() if key_id.startswith(COMMITTEE))


def _counted() -> "Iterator[tuple[str, int]]":
    for boxes in BOXES.values():
        yield from counted_by_key(boxes).items()


def waiting_pages(boxes: Boxes, size: int) -> "Iterator[list[tuple[Any, str, Any]]]":
    """Return id, wrapped key and owner of what an old key of the ring wraps, by page."""
    waiting = (
        rows_of(boxes)
        .exclude(**{f"{boxes.key}__startswith": f"{ring().current.id}."})
        .exclude(**{f"{boxes.key}__startswith": COMMITTEE})
    )
    page = list(_page(boxes, waiting, size))
    while page:
        yield page
        page = list(_page(boxes, waiting.filter(pk__gt=page[-1][0]), size))


def _page(boxes: Boxes, rows: "QuerySet[Any]", size: int) -> "QuerySet[Any, Any]":
    return rows.order_by("pk").values_list("pk", boxes.key, boxes.owner)[:size]
