"""Answers that take the same time, whatever was found on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep


@contextmanager
def lasting(seconds: float) -> Iterator[None]:
    """
    Let a block take so many seconds at least, also where it is refused.

    Around a whole transaction, never within one: others would wait for it.
    """
    until = monotonic() + seconds
    try:
        yield
    finally:
        sleep(max(0.0, until - monotonic()))
