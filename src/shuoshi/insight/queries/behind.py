"""The list behind a number: exactly the matters that it counts."""

from dataclasses import dataclass

from shuoshi.insight.queries.wish import Wish, scope_for
from shuoshi.matters.queries.faces import Faces
from shuoshi.matters.queries.figures import Scope, matters_behind
from shuoshi.matters.queries.keyset import Place, page_of
from shuoshi.matters.queries.lines import LinePage, lines_of, listed
from shuoshi.matters.rules.figures import LABELS
from shuoshi.matters.rules.states import Channel


ROWS = 25


@dataclass(frozen=True)
class Behind:
    """What a list is asked for: a measure, perhaps of one row of a table."""

    wish: Wish
    of: str = "raised"
    # A unit's code; "=" before it leaves out the units below.
    row: str = ""
    channel: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.of])

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label) if self.channel else ""


def list_behind(
    scope: Scope, asked: Behind, faces: Faces, place: Place | None
) -> tuple[LinePage, int]:
    """Return a page of the list, and how many there are in all."""
    found = matters_behind(
        scope_for(scope, asked.wish),
        asked.wish.span,
        asked.of,
        now=faces.now,
        units=_units(scope, asked.row),
        channel=asked.channel,
    )
    shown = page_of(
        listed(found), "received_at", place=place, size=ROWS, descending=True
    )
    page = LinePage(lines_of(shown.rows, faces), shown.newer, shown.older)
    return page, found.count()


def _units(scope: Scope, row: str) -> frozenset[int] | None:
    if not row:
        return None
    code = row.removeprefix("=")
    units = scope.tree.units.values()
    chosen = frozenset(unit.pk for unit in units if unit.code == code)
    return chosen if row.startswith("=") else scope.tree.at_and_below(chosen)
