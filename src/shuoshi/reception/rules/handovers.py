"""Bounds of what is left to the next on duty. Pure."""

from typing import Final


MOST_WORDS: Final = 2000
