"""Find what waits for a person: what they answer for, and what others wait for them to do."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from shuoshi.matters.models import Matter, Part
from shuoshi.matters.queries.lines import Line, lines_of, listed, task_of
from shuoshi.matters.queries.matters import matters_seen_by, waiting_for
from shuoshi.matters.rules.states import Part as PartKind
from shuoshi.matters.rules.states import State, Zone, zone_of
from shuoshi.org.models import Charge
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.roles import Role


if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shuoshi.matters.queries.faces import Faces
    from shuoshi.org.rules.standing import Standing

# The desk shows the most pressing; who has more finds them in the zones.
MOST = 50
COUNTED = 1000
_LAST = datetime.max.replace(tzinfo=UTC)


def owed_by(person: "Standing") -> "QuerySet[Matter]":
    """Return what others wait for: opinions and shares that the person's units owe."""
    owed = Part.objects.filter(
        done_at=None,
        unit__in=person.heads,
        kind__in=(PartKind.OPINION, PartKind.JOINT),
    ).filter(
        Q(kind=PartKind.OPINION, matter__state=State.DELIBERATING)
        | Q(kind=PartKind.JOINT, matter__state=State.HANDLING)
    )
    # Asked for first: inside the other question, all matters might be walked for them.
    ids = list(owed.values_list("matter", flat=True).distinct()[:MOST])
    seen = matters_seen_by(person).filter(pk__in=ids)
    return seen.exclude(responsible=person.person_id)


def to_be_granted_by(person: "Standing") -> "QuerySet[Matter]":
    """Return what waits for this leader's word on a later deadline."""
    units = person.leads
    if person.is_any(Role.CHIEF) and person.mine_id is not None:
        units |= _without_leader(person.mine_id)
    # By the index of what was asked; with the units in it, SQLite would take theirs.
    asked = Matter.objects.filter(asked_until__gt=date.min)[:COUNTED]
    ids = [pk for pk, unit in asked.values_list("pk", "lead_unit") if unit in units]
    seen = matters_seen_by(person).filter(pk__in=ids)
    return seen.filter(state=State.HANDLING).exclude(handler=person.person_id)


def _without_leader(mine_id: int) -> frozenset[int]:
    """Return the units that no leader is in charge of: there the chief decides."""
    tree = tree_of(mine_id)
    charges = Charge.objects.filter(post__mine_id=mine_id, post__ended_on=None)
    led = tree.at_and_below(frozenset(charges.values_list("unit_id", flat=True)))
    return frozenset(tree.units) - led


def others_waiting_for(person: "Standing") -> "list[QuerySet[Matter]]":
    """Return the questions worth asking for this person beside what they answer for."""
    asked = []
    if person.heads:
        asked.append(owed_by(person))
    if person.leads or person.is_any(Role.CHIEF):
        asked.append(to_be_granted_by(person))
    return asked


def workbench_of(person: "Standing", faces: "Faces") -> list[Line]:
    """Return what waits for the person, the most pressing first."""
    mine = listed(waiting_for(person))[:MOST]
    found = {
        line.matter.pk: line
        for line in lines_of(mine, faces, person_id=person.person_id)
    }
    for matters in others_waiting_for(person):
        for matter in listed(matters).order_by("due_at", "pk")[:MOST]:
            task = _owed_task(matter)
            if matter.responsible_id == person.person_id:
                task = _("；").join([task_of(matter), task])
            found[matter.pk] = Line(matter, faces.of(matter), task)
    ordered = sorted(
        found.values(), key=lambda line: (line.matter.due_at or _LAST, line.matter.pk)
    )
    return ordered[:MOST]


def _owed_task(matter: "Matter") -> str:
    if matter.state == State.DELIBERATING:
        return _("提出本单位的意见")
    return _("批准或者不批准延期") if matter.asked_until else _("交回联合办理结果")


def waiting_by_zone(person: "Standing") -> dict[Zone, int]:
    """Return how many matters wait for the person in each zone."""
    # Read in the order of the index of what waits; a GROUP BY would walk all open ones.
    counted = Counter(waiting_for(person).values_list("state", flat=True)[:COUNTED])
    for matters in others_waiting_for(person):
        counted.update(matters.values_list("state", flat=True)[:COUNTED])
    zones: Counter[Zone] = Counter()
    for state, number in counted.items():
        zones[zone_of(state)] += number
    return zones
