"""Page through rows by where they stand, so that a deep page costs what the first does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Model, Q


if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

OLDER, NEWER = "older", "newer"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WRITTEN = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind (or, ``back``, before) this moment and row."""

    at: datetime
    pk: int
    back: bool = False


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """The rows of one page, and the marks of its neighbours, empty where there is none."""

    rows: list[Row]
    newer: str = ""
    older: str = ""


def place_in(asked: Mapping[str, str]) -> Place | None:
    """Return the place that an address names; none if it names none that can be meant."""
    for name, back in ((OLDER, False), (NEWER, True)):
        found = _WRITTEN.fullmatch(asked.get(name, ""), endpos=40)
        if found:
            at = _EPOCH + int(found[1]) * _MICROSECOND
            return Place(at, int(found[2]), back=back)
    return None


def mark_of(row: Model, field: str) -> str:
    """Return how an address names the place of a row."""
    at: datetime = getattr(row, field)
    return f"{(at - _EPOCH) // _MICROSECOND}-{row.pk}"


def page_of(
    rows: "QuerySet[Row]",
    field: str,
    *,
    place: Place | None,
    size: int,
    descending: bool = False,
    ways: "Sequence[QuerySet[Row]]" = (),
) -> KeysetPage[Row]:
    """
    Return the page at the place, in the order of a moment and the id.

    One row more than shown is read: it tells whether the page has a neighbour. ``ways``
    are narrower questions that together find every row of ``rows``: each can go along
    an index of its own where all at once would walk the whole table.
    """
    back = place is not None and place.back
    down = descending != back
    if ways:
        keys: set[tuple[datetime, int]] = set()
        for way in ways:
            part = _from(way, field, place, down=down)
            keys.update(part.values_list(field, "pk")[: size + 1])
        first = sorted(keys, reverse=down)[: size + 1]
        rows = rows.filter(pk__in=[pk for _, pk in first])
    found = list(_from(rows, field, place, down=down)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return KeysetPage([])
    behind = more if not back else True
    before = more if back else place is not None
    return KeysetPage(
        found,
        newer=mark_of(found[0], field) if before else "",
        older=mark_of(found[-1], field) if behind else "",
    )


def _from(
    rows: "QuerySet[Row]", field: str, place: Place | None, *, down: bool
) -> "QuerySet[Row]":
    if place is not None:
        rows = rows.filter(_beyond(field, place, down=down))
    sign = "-" if down else ""
    return rows.order_by(f"{sign}{field}", f"{sign}pk")


def _beyond(field: str, place: Place, *, down: bool) -> Q:
    # The first, looser bound is what an index can begin at.
    than, upto = ("lt", "lte") if down else ("gt", "gte")
    tie = Q(**{field: place.at, f"pk__{than}": place.pk})
    return Q(**{f"{field}__{upto}": place.at}) & (
        Q(**{f"{field}__{than}": place.at}) | tie
    )
