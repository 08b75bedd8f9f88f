"""Ask whether what is remembered of the organisation is still so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection


# What was answered already, while one page is being made; None at all other times.
_answered: ContextVar[list[int] | None] = ContextVar("answered", default=None)


def generation() -> int:
    """
    Return the number under which the organisation may be remembered (one query).

    Every request asks, so the question is put as plainly as can be.
    """
    answered = _answered.get()
    if answered:
        return answered[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM org_generation WHERE id = 1")
        row = cursor.fetchone()
    number = int(row[0]) if row else 0
    if answered is not None:
        answered.append(number)
    return number


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask once for all that is done inside: a page is of one moment."""
    before = _answered.set([])
    try:
        yield
    finally:
        _answered.reset(before)


def ask_again() -> None:
    """Forget the answer, because it has just been changed."""
    answered = _answered.get()
    if answered is not None:
        answered.clear()
