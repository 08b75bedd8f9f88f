from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from shuoshi.backup.rules.values import converted, kind_of, spellers, writers


MOMENT = datetime(2026, 9, 9, 1, 2, 3, 400, tzinfo=UTC)
ID = UUID("12345678123456781234567812345678")

# Kind, as SQLite gives it, as PostgreSQL gives it.
BOTH = [
    ("plain", "字", "字"),
    ("yes", 1, True),
    ("day", "2026-09-09", date(2026, 9, 9)),
    ("time", "02:10:00", time(2, 10)),
    ("moment", "2026-09-09 01:02:03.000400", MOMENT),
    ("span", 1_500_000, timedelta(seconds=1.5)),
    ("decimal", "1.50", Decimal("1.50")),
    ("bytes", b"\0x", memoryview(b"\0x")),
    ("json", '{"to": null}', '{"to":null}'),
    ("uuid", ID.hex, ID),
    ("number", 1.5, 1.5),
]


@pytest.mark.parametrize(("kind", "lite", "large"), BOTH)
def test_both_databases_are_spelled_the_same(kind, lite, large):
    assert spellers([kind])[0](lite) == spellers([kind])[0](large)


@pytest.mark.parametrize(("kind", "lite", "_large"), BOTH)
def test_sqlite_gets_back_what_it_gave(kind, lite, _large):
    back = writers("sqlite", [kind])[0](spellers([kind])[0](lite))

    assert back == lite


@pytest.mark.parametrize(("kind", "lite", "large"), BOTH)
def test_postgresql_gets_what_it_would_have_given(kind, lite, large):
    got = writers("postgresql", [kind])[0](spellers([kind])[0](lite))

    assert got == (
        bytes(large) if kind == "bytes" else lite if kind == "json" else large
    )


def test_nothing_stays_nothing():
    assert converted([None, None], spellers(["json", "moment"])) == [None, None]


def test_a_kind_of_tomorrow_is_not_guessed():
    with pytest.raises(KeyError):
        writers("sqlite", ["colour"])
    assert kind_of("SmallIntegerField") == "plain"
