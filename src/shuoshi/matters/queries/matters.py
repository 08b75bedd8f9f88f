"""Find matters. What a person may not see does not exist here."""

import re

from django.db.models import Exists, OuterRef, Q, QuerySet

from shuoshi.matters.models import Matter, ObjectNamed, Part
from shuoshi.matters.rules.access import is_at_work
from shuoshi.matters.rules.states import ZONES, Zone
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Kind, Standing


# Year and serial stand under an index, the number as it is written does not.
_NUMBER = re.compile(r"([0-9]{4})-([0-9]{4,9})")
# From so many units on, a person sees a good part of everything.
WIDE = 12


def matters_seen_by(person: Standing) -> QuerySet[Matter]:
    """Return the matters on which ``Permission.SEE`` is granted. Keep the two in step."""
    if person.kind is Kind.CLOCK:
        return Matter.objects.all()
    if person.kind is Kind.SPEAKER:
        return Matter.objects.filter(pk=person.matter_id or 0)
    if person.mine_id is None or not is_at_work(person):
        return Matter.objects.none()
    mine = Matter.objects.filter(mine_id=person.mine_id)
    return mine.filter(not_kept_from(person)).filter(_known_to(person))


def not_kept_from(person: Standing) -> Q:
    """Leave out what names the person or their line, or what they stepped back from."""
    keeping = (
        Q(recused=False, person__in=person.bound)
        | Q(unit__in=person.within | person.heads)
        | Q(recused=True, person=person.person_id)
    )
    if not person.is_any(Role.DISCIPLINE):
        keeping |= Q(person=None, unit=None)
    named = ObjectNamed.objects.filter(matter=OuterRef("pk")).filter(keeping)
    return Q(names_objects=False) | ~Q(Exists(named))


def _known_to(person: Standing) -> Q:
    if person.is_any(Role.COORDINATOR, Role.CHIEF):
        return Q()
    mine = person.person_id
    known = (
        Q(first_receiver=mine)
        | Q(responsible=mine)
        | Q(handler=mine)
        | Q(convener=mine)
    )
    reach = person.heads | person.leads
    if reach:
        parts = Part.objects.filter(matter=OuterRef("pk"), unit__in=reach)
        known |= Q(lead_unit__in=reach) | Q(Exists(parts))
    if person.is_any(Role.DISCIPLINE):
        known |= Q(sealed=True)
    return known


def ways_to_know(person: Standing) -> list[QuerySet[Matter]]:
    """
    Return narrow questions that together find what the person may see, no more.

    Each follows an index of its own. Who sees all or much gets none: for them the whole
    table, newest first, soon fills a page.
    """
    reach = person.heads | person.leads
    if person.is_any(Role.COORDINATOR, Role.CHIEF) or len(reach) > WIDE:
        return []
    free, mine = Matter.objects.filter(not_kept_from(person)), person.person_id
    ways = [
        free.filter(first_receiver=mine),
        free.filter(responsible=mine, due_at__isnull=False),
        free.filter(handler=mine),
        free.filter(convener=mine),
    ]
    if reach:
        parts = Part.objects.filter(unit__in=reach).values("matter")
        ways += [free.filter(lead_unit__in=reach), free.filter(pk__in=parts)]
    if person.is_any(Role.DISCIPLINE):
        ways.append(free.filter(sealed=True, mine_id=person.mine_id or 0))
    return ways


def read_by(person: Standing) -> QuerySet[Matter]:
    """Return the matters whose words the person may read: sealed ones are a receipt."""
    seen = matters_seen_by(person)
    return seen if person.is_any(Role.DISCIPLINE) else seen.filter(sealed=False)


def numbered(matters: QuerySet[Matter], number: str) -> QuerySet[Matter]:
    """Return the one of these matters with the number, found by its place in the year."""
    written = _NUMBER.fullmatch(number)
    if written is None:
        return matters.none()
    year, serial = int(written[1]), int(written[2])
    return matters.filter(year=year, serial=serial, number=number)


def for_the_page(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Bring along what the sheet and the gate look at."""
    return matters.select_related(
        "mine",
        "unit",
        "lead_unit",
        "category",
        "first_receiver",
        "responsible",
        "handler",
        "convener",
        "speaker",
    ).prefetch_related("claims", "parts__unit", "objects_named", "orders__by")


def waiting_for(person: Standing) -> QuerySet[Matter]:
    """Return what waits for this person, the most pressing first."""
    return (
        matters_seen_by(person)
        .filter(responsible=person.person_id, due_at__isnull=False)
        .order_by("due_at", "pk")
    )


def in_zone(person: Standing, zone: Zone) -> QuerySet[Matter]:
    """Return what lies in an open zone, the most pressing first."""
    lies_there = matters_seen_by(person).filter(
        state__in=ZONES[zone], due_at__isnull=False
    )
    return lies_there.order_by("due_at", "pk")
