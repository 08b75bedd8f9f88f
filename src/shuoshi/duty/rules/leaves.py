"""Bounds of a leave. Pure."""

from datetime import timedelta
from typing import Final


LONGEST_LEAVE: Final = timedelta(days=366)
