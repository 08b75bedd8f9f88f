"""Page through what lies in a zone, the most pressing first."""

from typing import TYPE_CHECKING

from shuoshi.matters.queries.keyset import Place, page_of
from shuoshi.matters.queries.lines import LinePage, lines_of, listed
from shuoshi.matters.queries.matters import in_zone


if TYPE_CHECKING:
    from shuoshi.matters.queries.faces import Faces
    from shuoshi.matters.rules.states import Zone
    from shuoshi.org.rules.standing import Standing

ROWS = 25


def zone_page(
    person: "Standing", zone: "Zone", faces: "Faces", place: Place | None
) -> LinePage:
    """Return one page of the zone as far as the person may see it."""
    found = page_of(listed(in_zone(person, zone)), "due_at", place=place, size=ROWS)
    return LinePage(lines_of(found.rows, faces), found.newer, found.older)
