"""What a failed job leaves behind: never a word about its content."""

import traceback
from datetime import timedelta
from pathlib import PurePath
from typing import Final


LONGEST_WAIT: Final = timedelta(hours=1)


class UnknownTask(LookupError):
    """No room declares a task of this name."""


class LeaseLost(RuntimeError):
    """Another worker took the job over in the meantime."""


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait before the next attempt: 10 s, 30 s, 90 s …"""
    return min(LONGEST_WAIT, timedelta(seconds=10 * 3 ** min(attempts - 1, 10)))


def described(error: BaseException) -> str:
    """Return the kind and the place of an error. Its text may quote a matter."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    place = "/".join(PurePath(frames[-1].filename).parts[-3:])
    return f"{type(error).__name__} at {place}:{frames[-1].lineno}"
