"""Allot numbers without gaps, and those that stand apart."""

import secrets

from django.db import connection, transaction

from shuoshi.matters.models import Matter, Series
from shuoshi.matters.rules.numbers import LOWEST_APART


def next_number(mine_id: int, name: str, year: int, *, count: int = 1) -> int:
    """
    Take the next number, or the last of the next ``count``, in the same transaction.

    Whoever rolls back gives it back: the row stays locked until then, so nobody has
    taken the one after it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "numbers are taken in a transaction"
        )
    while (last := _taken(mine_id, name, year, count)) is None:
        Series.objects.bulk_create(
            [Series(mine_id=mine_id, name=name, year=year)], ignore_conflicts=True
        )
    return last


def number_apart(mine_id: int, year: int) -> int:
    """
    Draw a number outside the series, for what its place there would give away.

    Whoever counts would find a gap where a matter names them, and would know an anonymous
    one to the minute by its neighbours.
    """
    while True:
        drawn = LOWEST_APART + secrets.randbelow(LOWEST_APART * 9)
        taken = Matter.objects.filter(mine_id=mine_id, year=year, serial=drawn)
        if not taken.exists():
            return drawn


def _taken(mine_id: int, name: str, year: int, count: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matters_series SET last = last + %s"
            " WHERE mine_id = %s AND name = %s AND year = %s RETURNING last",
            [count, mine_id, name, year],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None
