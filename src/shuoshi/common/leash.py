"""Let a process end with the one that started it, however that one ends."""

import ctypes
import os
import signal
import sys


PARENT_DEATH_SIGNAL = 1


def end_with_parent(how: int = signal.SIGTERM) -> None:
    """Ask the kernel for this signal when the parent is gone; elsewhere do nothing."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, how)


def is_leashed() -> bool:
    """Tell whether ``shuoshi up`` started this."""
    return os.environ.get("SHUOSHI_LEASHED") == "1"
