from shuoshi.matters.models.claim import Claim
from shuoshi.matters.models.clock import ClockEntry
from shuoshi.matters.models.figure import DailyFigure, Dirty, WeeklyFigure
from shuoshi.matters.models.letter import Letter, LetterKind
from shuoshi.matters.models.matter import Matter
from shuoshi.matters.models.order import Order, OrderKind
from shuoshi.matters.models.origin import Origin
from shuoshi.matters.models.part import ObjectNamed, Part
from shuoshi.matters.models.series import Series
from shuoshi.matters.models.speaker import Speaker


__all__ = [
    "Claim",
    "ClockEntry",
    "DailyFigure",
    "Dirty",
    "Letter",
    "LetterKind",
    "Matter",
    "ObjectNamed",
    "Order",
    "OrderKind",
    "Origin",
    "Part",
    "Series",
    "Speaker",
    "WeeklyFigure",
]
