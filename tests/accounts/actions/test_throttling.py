"""Tries are counted for all workers together, and forgotten when their stretch is over."""

from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.accounts.actions.throttling import (
    TooOften,
    count_try,
    forget_tries,
    sweep_tallies,
)
from shuoshi.accounts.models import Tally
from shuoshi.accounts.rules.throttles import Throttle


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)
THRICE = Throttle("trial", 3, timedelta(minutes=10))


def try_often(key, times, *, now=NOW):
    for _ in range(times):
        count_try(THRICE, key, now=now)


def test_more_tries_than_allowed_are_refused_until_the_stretch_is_over():
    try_often("one", 3)

    with pytest.raises(TooOften) as refused:
        count_try(THRICE, "one", now=NOW)

    assert refused.value.until == NOW + timedelta(minutes=10)
    try_often("one", 3, now=refused.value.until)


def test_each_key_is_counted_apart():
    try_often("one", 3)

    try_often("another", 3)


def test_the_owner_begins_anew():
    try_often("one", 3)

    forget_tries(THRICE, "one")

    try_often("one", 3)


def test_the_table_names_nobody():
    count_try(THRICE, "13800000000", now=NOW)

    assert "138" not in Tally.objects.get().key
    assert len(Tally.objects.get().key) == 64


def test_what_is_over_is_swept():
    try_often("one", 2)

    assert sweep_tallies(now=NOW + timedelta(minutes=11)) == 1
    assert not Tally.objects.exists()
