"""Erase what a box holds: its key is destroyed, never an event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from shuoshi.keys.actions.overwriting import overwrite_log
from shuoshi.keys.queries.boxes import rows_of
from shuoshi.keys.queries.erasures import erasures
from shuoshi.keys.rules.boxes import BOXES, Boxes, going_with
from shuoshi.keys.rules.erasures import Erasure
from shuoshi.trail.actions import note


@transaction.atomic
def erase(box: str, row: Any, *, by: str, now: datetime, why: str) -> bool:
    """
    Destroy the key of one row and empty what is sealed beside it; True if it was there.

    What goes with it is erased as well, each with its own line on record.

    ``box`` is the label of a declared table (``matters.Speaker``), ``why`` a code. The
    erasing goes on record and is applied again by ``reapply_erasures`` to whatever an
    old backup brings back.

    :raises KeyError: if no room declares such boxes.
    """
    boxes = BOXES[box]
    owner = rows_of(boxes).filter(pk=row).values_list(boxes.owner, flat=True).first()
    if owner is None or not _destroy(boxes, row, by=by, now=now):
        return False
    told = Erasure(box, str(row), boxes.owner_of(owner))
    note("keys.erased", by=by, at=now, detail={**told.as_dict(), "why": why})
    for other, field in going_with(box):
        for pk in list(
            rows_of(other).filter(**{field: owner}).values_list("pk", flat=True)
        ):
            erase(other.name, pk, by=by, now=now, why=why)
    transaction.on_commit(overwrite_log, robust=True)
    return True


def _destroy(boxes: Boxes, row: Any, *, by: str, now: datetime) -> bool:
    emptied = dict.fromkeys((boxes.key, *boxes.empties), "")
    if not rows_of(boxes).filter(pk=row).update(**emptied):
        return False
    if boxes.besides:
        boxes.besides(row, by, now)
    return True


def reapply_erasures(
    told: Iterable[Erasure] | None = None, *, by: str, now: datetime
) -> int:
    """
    Erase again what an old backup brought back; return how many boxes were there.

    ``told`` is the list of a newer house or backup (``erasures()``, as JSON from
    ``shuoshi erasures``); without one the record of this database is asked, which knows
    no erasure younger than itself. Rows that are not there, or belong to another owner,
    are passed over.
    """
    again = 0
    for one in list(erasures() if told is None else told):
        again += _again(one, by=by, now=now)
    return again


@transaction.atomic
def _again(one: Erasure, *, by: str, now: datetime) -> bool:
    boxes = BOXES.get(one.box)
    if boxes is None:
        return False
    try:
        row = boxes.model._meta.pk.to_python(one.row)
    except Exception:  # noqa: BLE001 - a field says in its own words that it is no id
        return False
    owner = rows_of(boxes).filter(pk=row).values_list(boxes.owner, flat=True).first()
    if owner is None or boxes.owner_of(owner) != one.owner:
        return False
    return erase(one.box, row, by=by, now=now, why="restored")
