"""Page through what lies in a zone, the most pressing first."""

from typing import TYPE_CHECKING

from shuoshi.matters.queries.keyset import Place, page_of
from shuoshi.matters.queries.lines import LinePage, lines_of, listed
from shuoshi.matters.queries.matters import in_zone, waiting_for
from shuoshi.matters.rules.states import ZONES


if TYPE_CHECKING:
    from shuoshi.matters.queries.faces import Faces
    from shuoshi.matters.rules.states import Zone
    from shuoshi.org.rules.standing import Standing

ROWS = 25


def zone_page(
    person: "Standing",
    zone: "Zone",
    faces: "Faces",
    place: Place | None,
    *,
    mine_only: bool = False,
) -> LinePage:
    """Return one page of the zone as far as the person may see it, or answers for it."""
    lies_there = in_zone(person, zone)
    if mine_only:
        lies_there = waiting_for(person).filter(state__in=ZONES[zone])
    found = page_of(listed(lies_there), "due_at", place=place, size=ROWS)
    return LinePage(lines_of(found.rows, faces), found.newer, found.older)
