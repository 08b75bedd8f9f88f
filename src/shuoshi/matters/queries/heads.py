"""The end of every matter's history, as the verification of the record wants it."""

from collections.abc import Iterator
from uuid import UUID

from shuoshi.matters.models import Matter
from shuoshi.trail.rules.chain import Head


PAGE = 2000


def heads() -> Iterator[Head]:
    """Return the heads of all matters, ordered by what they are about, in pages."""
    after: UUID | None = None
    while True:
        rows = Matter.objects.order_by("uid")
        if after is not None:
            rows = rows.filter(uid__gt=after)
        page = list(rows.values_list("uid", "version", "head_hash")[:PAGE])
        yield from (Head(uid, version, hash_) for uid, version, hash_ in page)
        if len(page) < PAGE:
            return
        after = page[-1][0]


def head_of(uid: UUID) -> Head | None:
    """Return the head of one matter as it is now."""
    row = Matter.objects.filter(uid=uid).values_list("version", "head_hash").first()
    return Head(uid, *row) if row else None


def number_of(uid: str) -> str:
    """Return the number of a matter, empty if there is none or the uid is damaged."""
    try:
        UUID(uid)
    except ValueError:
        return ""
    return Matter.objects.filter(uid=uid).values_list("number", flat=True).first() or ""


def how_many() -> int:
    return Matter.objects.count()
