"""The hash of a seal stands for all of it, and through the seal before for all of those."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shuoshi.trail.rules.chain import FIRST
from shuoshi.trail.rules.seals import seal_hash


@dataclass(frozen=True)
class Sealed:
    day: date = date(2026, 3, 4)
    sealed_at: datetime = datetime(2026, 3, 4, 16, tzinfo=UTC)
    after_id: int = 3
    last_id: int = 9
    leaves: int = 6
    root: str = "a" * 64
    prev_hash: str = FIRST


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2026, 3, 5)},
        {"sealed_at": datetime(2026, 3, 4, 16, 0, 0, 1, tzinfo=UTC)},
        {"after_id": 2},
        {"last_id": 10},
        {"leaves": 7},
        {"root": "b" * 64},
        {"prev_hash": "1" + FIRST[1:]},
    ],
)
def test_the_hash_covers_every_field(change):
    assert seal_hash(replace(Sealed(), **change)) != seal_hash(Sealed())


def test_the_hash_does_not_depend_on_the_zone_of_its_moment():
    there = Sealed().sealed_at.astimezone(timezone(timedelta(hours=8)))

    assert seal_hash(replace(Sealed(), sealed_at=there)) == seal_hash(Sealed())
