"""The end of every matter's history, as the verification of the record wants it."""

from collections.abc import Iterator
from heapq import merge
from typing import Any
from uuid import UUID

from shuoshi.matters.models import Matter
from shuoshi.trail.queries import end_of, ends
from shuoshi.trail.queries.rows import plain_rows
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


def all_heads() -> Iterator[Head]:
    """Return the heads of all chains, those of matters among them, in their order."""
    return merge(heads(), ends(), key=lambda head: head.about)


def plain_heads() -> list[Head] | None:
    """Return the same past every index of SQLite; None where they cannot be read."""
    found = []
    for table, *columns in (
        ("matters_matter", "uid", "version", "head_hash"),
        ("trail_chainend", "about", "seq", "hash"),
    ):
        rows = plain_rows(table, *columns)
        if rows is None:
            return None
        found += [head for row in rows if (head := _plain(*row))]
    return sorted(found, key=lambda head: head.about)


def _plain(about: Any, seq: Any, hash_: Any) -> Head | None:
    try:
        uid = UUID(about.decode())
    except (ValueError, AttributeError):
        return None
    # Where a hash is none, the end it stands for was touched, not the event.
    told = hash_.decode(errors="replace") if isinstance(hash_, bytes) else ""
    return Head(uid, seq if isinstance(seq, int) else -1, told)


def any_head_of(about: UUID) -> Head | None:
    """Return the head of one chain as it is now."""
    return head_of(about) or end_of(about)


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


def plain_number_of(uid: str) -> str:
    """Return the same past every index of SQLite, where a damaged uid is in none."""
    rows = plain_rows("matters_matter", "uid", "number") or ()
    wanted = uid.replace("-", "").encode()
    return next((str(n, "utf-8", "replace") for own, n in rows if own == wanted), "")


def uid_of(number: str, *, mine_id: int) -> UUID | None:
    """Return what the record calls the matter of this number, for the record alone."""
    rows = Matter.objects.filter(mine_id=mine_id, number=number)
    return rows.values_list("uid", flat=True).first()


def how_many() -> int:
    return Matter.objects.count()
