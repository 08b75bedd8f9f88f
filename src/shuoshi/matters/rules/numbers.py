"""The series in which a mine numbers things, and where those apart begin."""

from typing import Final


MATTERS: Final = "matters"
LETTERS: Final = "letter"
# A million a year and mine are numbered in order; those apart have seven digits.
LOWEST_APART: Final = 1_000_000
