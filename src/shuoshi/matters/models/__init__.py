from shuoshi.matters.models.claim import Claim
from shuoshi.matters.models.clock import ClockEntry
from shuoshi.matters.models.committee import CommitteeHolder, CommitteeKey
from shuoshi.matters.models.figure import DailyFigure, Dirty, MonthlyFigure
from shuoshi.matters.models.letter import Letter, LetterKind
from shuoshi.matters.models.matter import Matter
from shuoshi.matters.models.opened import Opened
from shuoshi.matters.models.order import Order, OrderKind
from shuoshi.matters.models.origin import Origin
from shuoshi.matters.models.part import ObjectNamed, Part
from shuoshi.matters.models.referral import HigherOrgan, Referral
from shuoshi.matters.models.release import Release
from shuoshi.matters.models.series import Series
from shuoshi.matters.models.speaker import Speaker


__all__ = [
    "Claim",
    "ClockEntry",
    "CommitteeHolder",
    "CommitteeKey",
    "DailyFigure",
    "Dirty",
    "HigherOrgan",
    "Letter",
    "LetterKind",
    "Matter",
    "MonthlyFigure",
    "ObjectNamed",
    "Opened",
    "Order",
    "OrderKind",
    "Origin",
    "Part",
    "Referral",
    "Release",
    "Series",
    "Speaker",
]
