from shuoshi.org.models.calendar import CalendarDay, CalendarYear, DayKind
from shuoshi.org.models.category import Category
from shuoshi.org.models.generation import Generation
from shuoshi.org.models.limit import LimitTemplate, Rung
from shuoshi.org.models.mine import Mine
from shuoshi.org.models.post import Charge, Post
from shuoshi.org.models.proposal import Proposal
from shuoshi.org.models.unit import Unit, UnitKind


__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Category",
    "Charge",
    "DayKind",
    "Generation",
    "LimitTemplate",
    "Mine",
    "Post",
    "Proposal",
    "Rung",
    "Unit",
    "UnitKind",
]
