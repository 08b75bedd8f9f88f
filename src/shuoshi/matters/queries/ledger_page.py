"""Page through the ledger: everything that a person may see, filtered, the newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.keyset import Place, page_of
from shuoshi.matters.queries.lines import LinePage, lines_of, listed
from shuoshi.matters.queries.matters import matters_seen_by, ways_to_know
from shuoshi.matters.queries.search import matters_found
from shuoshi.matters.rules.states import OPEN, ZONES, State, Zone
from shuoshi.org.queries.units import tree_of


if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shuoshi.matters.models import Matter
    from shuoshi.matters.queries.faces import Faces
    from shuoshi.org.models import Category, Unit
    from shuoshi.org.rules.standing import Standing

ROWS = 25
FEW = 1000


@dataclass(frozen=True)
class Wish:
    """What the ledger is asked for; what is empty does not filter."""

    words: str = ""
    # A state, a zone, or OPEN for all that is not over.
    state: str = ""
    unit: "Unit | None" = None
    category: "Category | None" = None
    channel: str = ""
    petition_class: str = ""
    since: date | None = None
    until: date | None = None
    overdue: bool = False
    mine_only: bool = False


ALL_OPEN = "OPEN"


def ledger_of(person: "Standing", wish: Wish, *, now: datetime) -> "QuerySet[Matter]":
    """Return what the person may see of what they ask for, in no order."""
    words = wish.words.strip()
    found = matters_found(person, words) if words else matters_seen_by(person)
    return _wished(found.order_by(), person, wish, now=now)


def _ways(person: "Standing", wish: Wish, *, now: datetime) -> "list[QuerySet[Matter]]":
    if wish.words.strip():
        return []
    return [_wished(way, person, wish, now=now) for way in ways_to_know(person)]


def _wished(
    found: "QuerySet[Matter]", person: "Standing", wish: Wish, *, now: datetime
) -> "QuerySet[Matter]":
    found = found.filter(_in_state(wish.state), **_plain(wish))
    if wish.unit is not None:
        below = tree_of(wish.unit.mine_id).at_and_below(frozenset({wish.unit.pk}))
        found = found.filter(lead_unit__in=below)
    if wish.mine_only:
        found = found.filter(first_receiver=person.person_id)
    if wish.overdue:
        found = _overdue(found, now=now)
    return found


def _overdue(found: "QuerySet[Matter]", *, now: datetime) -> "QuerySet[Matter]":
    late = found.filter(state__in=sorted(OPEN), due_at__lt=now, suspended_at=None)
    # Few, as they should be, are looked up one by one: walking the ledger for less than
    # a page of them would go through all of it.
    ids = list(late.order_by().values_list("pk", flat=True)[: FEW + 1])
    return found.filter(pk__in=ids) if len(ids) <= FEW else late


def _in_state(state: str) -> Q:
    if not state:
        return Q()
    if state == ALL_OPEN:
        return Q(state__in=sorted(OPEN))
    if state in Zone.values and state not in State.values:
        return Q(state__in=ZONES[Zone(state)])
    return Q(state=state)


def _plain(wish: Wish) -> dict[str, object]:
    asked = {
        "category": wish.category,
        "channel": wish.channel,
        "petition_class": wish.petition_class,
        "received_at__gte": _start_of(wish.since),
        "received_at__lte": _end_of(wish.until),
    }
    return {name: value for name, value in asked.items() if value}


def _start_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=ZONE) if day else None


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time.max, tzinfo=ZONE) if day else None


def ledger_page(
    person: "Standing", wish: Wish, faces: "Faces", place: Place | None
) -> LinePage:
    """Return one page of the ledger; a deep page costs what the first one does."""
    found = page_of(
        listed(ledger_of(person, wish, now=faces.now)),
        "received_at",
        place=place,
        size=ROWS,
        descending=True,
        ways=_ways(person, wish, now=faces.now),
    )
    return LinePage(lines_of(found.rows, faces), found.newer, found.older)


def this_month(now: datetime) -> date:
    return localdate(now).replace(day=1)
