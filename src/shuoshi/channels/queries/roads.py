"""Which roads into a mine's talk room are open."""

from dataclasses import dataclass
from functools import lru_cache

from shuoshi.channels.models import RoadSwitch
from shuoshi.channels.rules.roads import OF_PLATFORMS, RoadIn
from shuoshi.org.queries.generation import generation
from shuoshi.platforms.queries.setup import is_on


@dataclass(frozen=True)
class RoadInShown:
    """A road as who switches it sees it."""

    road: RoadIn
    is_open: bool
    # False where the house has no account there, or half of one.
    is_set_up: bool


def road_is_open(road: str, *, mine_id: int, at: int | None = None) -> bool:
    """Tell whether one may speak on a road; until somebody closes it, one may."""
    return road not in _closed(mine_id, generation() if at is None else at)


def roads_in(mine_id: int) -> list[RoadInShown]:
    """Return every road with whether it is open and set up."""
    return [
        RoadInShown(
            road,
            road_is_open(road, mine_id=mine_id),
            road not in OF_PLATFORMS or is_on(road),
        )
        for road in RoadIn
    ]


@lru_cache(maxsize=64)
def _closed(mine_id: int, _generation: int) -> frozenset[str]:
    # Every page where one speaks asks; a switch moves the generation on.
    closed = RoadSwitch.objects.filter(mine_id=mine_id, is_open=False)
    return frozenset(closed.values_list("road", flat=True))
