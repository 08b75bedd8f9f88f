"""What of an old ledger is here already."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.timezone import localdate

from shuoshi.common.hashing import kept_hashes
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.ledger_rows import LedgerRow
from shuoshi.matters.rules.ledger_texts import clean_text
from shuoshi.org.rules.standing import Standing


_OWN_NUMBER: Final = re.compile(r"(\d{4})-(\d{4,9})")


def row_digests(row: LedgerRow, *, mine_id: int) -> list[str]:
    """
    Return what tells a row from every other; only this installation can compute it.

    The first is the one to keep, the others may have been kept before.
    """
    return kept_hashes("ledger row", f"{mine_id}\x1f{row.identity()}")


def known_rows(
    rows: Iterable[LedgerRow], *, mine_id: int, by: Standing
) -> set[LedgerRow]:
    """
    Return those rows that an earlier import took in, or that this house wrote itself.

    What is kept from who imports is not compared with: a made-up row must not find out
    that it is there. Two queries, however many rows.
    """
    rows = list(rows)
    digests = {
        digest: row for row in rows for digest in row_digests(row, mine_id=mine_id)
    }
    found = Matter.objects.filter(mine_id=mine_id, source_digest__in=list(digests))
    known = {
        digests[digest]
        for digest in found.values_list("source_digest", flat=True)
        if digest
    }
    return known | _exported_from_here(rows, mine_id=mine_id, by=by)


def taken_numbers(rows: Iterable[LedgerRow], *, mine_id: int) -> set[tuple[int, str]]:
    """Return under which years and numbers of theirs earlier imports took in a matter."""
    wanted = {(row.raised.at.year, row.number) for row in rows if row.number}
    if not wanted:
        return set()
    found = Matter.objects.filter(
        mine_id=mine_id,
        year__in={year for year, _number in wanted},
        source_number__in={number for _year, number in wanted},
    )
    return wanted.intersection(found.values_list("year", "source_number"))


def _exported_from_here(
    rows: list[LedgerRow], *, mine_id: int, by: Standing
) -> set[LedgerRow]:
    """Return the rows that carry the number, day and words of a matter of this mine."""
    numbered = {row.number: row for row in rows if _OWN_NUMBER.fullmatch(row.number)}
    if not numbered:
        return set()
    found = (
        matters_seen_by(by)
        .filter(
            mine_id=mine_id,
            year__in={int(number[:4]) for number in numbered},
            serial__in={int(number[5:]) for number in numbered},
        )
        .only("number", "received_at", "text", "sealed", "names_objects")
    )
    return {
        numbered[matter.number]
        for matter in found
        if matter.number in numbered and _same(numbered[matter.number], matter)
    }


def _same(row: LedgerRow, matter: Matter) -> bool:
    if localdate(matter.received_at) != row.raised.at.date():
        return False
    # What was withheld from the file cannot be compared.
    withheld = matter.sealed or matter.names_objects
    return withheld or clean_text(matter.text).split() == row.request.split()
