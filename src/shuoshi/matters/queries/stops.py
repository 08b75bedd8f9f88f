"""Draw the line of steps from the record of a matter."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shuoshi.common.frame import Stop
from shuoshi.matters.rules.states import ENDED, State, Zone, zone_of


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.matters.models import Matter
    from shuoshi.trail.models import Event

_REVIEWS = frozenset({State.REVIEWING, State.FINAL_REVIEWING})


def stops_of(matter: "Matter", events: "Iterable[Event]") -> list[Stop]:
    """Return the zones that the matter passed, is in, and has before it."""
    entered = _entered(events)
    if matter.state in ENDED or matter.state in _REVIEWS:
        return _with_end(matter, entered)
    here = list(Zone).index(zone_of(matter.state))
    stops = []
    for place, zone in enumerate(Zone):
        if place < here:
            at = entered.get(zone)
            skipped = "" if at else _("没有经过")
            stops.append(Stop(str(zone.label), "done", at, skipped))
        elif place == here:
            stops.append(
                Stop(str(zone.label), "now", entered.get(zone), _label(matter))
            )
        else:
            stops.append(Stop(str(zone.label)))
    return stops


def _with_end(matter: "Matter", entered: dict[Zone, datetime]) -> list[Stop]:
    """Return only what the matter came through: it is over, or looked at once more."""
    review = matter.state in _REVIEWS
    stops = [
        Stop(str(zone.label), "done", entered[zone])
        for zone in Zone
        if zone in entered and zone is not Zone.ARCHIVE
    ]
    at = entered.get(Zone.ARCHIVE)
    stops.append(
        Stop(str(Zone.ARCHIVE.label), "done", at, "" if review else _label(matter))
    )
    if review:
        stops.append(Stop(_label(matter), "now", matter.due_from))
    return stops


def _entered(events: "Iterable[Event]") -> dict[Zone, datetime]:
    """Return when the matter last came into each zone; reviews are no deliberation."""
    entered: dict[Zone, datetime] = {}
    for event in events:
        before, after = event.detail.get("from"), event.detail.get("to")
        if after in State.values and after != before and after not in _REVIEWS:
            entered[zone_of(after)] = event.at
    return entered


def _label(matter: "Matter") -> str:
    return str(State(matter.state).label)
