from shuoshi.duty.models.feed import Feed
from shuoshi.duty.models.leave import Leave
from shuoshi.duty.models.rule import RosterRule
from shuoshi.duty.models.swap import Swap, SwapState
from shuoshi.duty.models.turn import Origin, Turn


__all__ = [
    "Feed",
    "Leave",
    "Origin",
    "RosterRule",
    "Swap",
    "SwapState",
    "Turn",
]
