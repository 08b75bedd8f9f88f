"""What people of the invented mine come with, and what comes of it."""

from shuoshi.demo.tales.ideas import IDEAS
from shuoshi.demo.tales.living import LIVING
from shuoshi.demo.tales.money import MONEY
from shuoshi.demo.tales.tale import Tale
from shuoshi.demo.tales.work import WORK


TALES: tuple[Tale, ...] = (*LIVING, *MONEY, *WORK, *IDEAS)

__all__ = ["TALES", "Tale"]
