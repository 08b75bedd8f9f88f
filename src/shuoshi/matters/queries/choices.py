"""What the forms of the steps offer."""

import re

from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.refusals import Refused
from shuoshi.matters.models import Matter, Part
from shuoshi.matters.queries.matters import matters_seen_by, numbered
from shuoshi.matters.queries.people import all_who_may
from shuoshi.matters.rules.states import Part as PartKind
from shuoshi.org.models import Category, Unit, UnitKind
from shuoshi.org.queries.limits import categories_of
from shuoshi.org.queries.people import heads_by_unit, people_holding, people_in
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.standing import Standing


class NotCalled(Refused):
    """A name stands for nobody, or for more than one."""


def unit_choices(mine_id: int) -> dict[str, Unit]:
    """Return the mine's working units by code; the mine itself is none."""
    units = tree_of(mine_id).units.values()
    return {unit.code: unit for unit in units if unit.is_active and unit.parent_id}


def units_offered(matter: Matter, field: str) -> dict[str, Unit]:
    """
    Return the units that may be meant in a field of a step.

    As an object any; for work none whose heads are all kept from the matter.
    """
    units = unit_choices(matter.mine_id)
    if field == "object_units" or not matter.names_objects:
        return units
    heads = heads_by_unit(matter.mine_id)
    free = set(all_who_may(matter, {one for some in heads.values() for one in some}))
    return {
        code: unit
        for code, unit in units.items()
        if unit.pk not in heads or not free.isdisjoint(heads[unit.pk])
    }


def unit_names(mine_id: int) -> dict[str, str]:
    """Return what the units are called by code; a crew is told by the team it is of."""
    tree = tree_of(mine_id)
    return {
        code: f"{tree.units[unit.parent_id].name}{unit.name}"
        if unit.parent_id in tree.units and unit.kind == UnitKind.CREW
        else unit.name
        for code, unit in unit_choices(mine_id).items()
    }


def categories_for(mine_id: int) -> dict[str, Category]:
    """Return the mine's categories by code."""
    return {category.code: category for category in categories_of(mine_id)}


def people_offered(matter: Matter, among: str) -> dict[str, User]:
    """Return who can be meant in a field of a step, by log-in name."""
    match among:
        case "conveners":
            return convener_choices(matter)
        case "anybody":
            return choices_at_work(matter)
        case _:
            return handler_choices(matter, anywhere=among == "handlers")


def handler_choices(matter: Matter, *, anywhere: bool) -> dict[str, User]:
    """Return who can be given the matter: in the lead unit, or in any unit."""
    tree = tree_of(matter.mine_id)
    units = frozenset(tree.units) if anywhere else frozenset({matter.lead_unit_id})
    return _by_log_in(matter, people_in(tree.at_and_below(units)))


def convener_choices(matter: Matter) -> dict[str, User]:
    """Return who can convene a deliberation."""
    roles = [Role.LEADER, Role.CHIEF, Role.COORDINATOR, Role.UNIT_HEAD]
    return _by_log_in(matter, people_holding(roles, mine_id=matter.mine_id))


def choices_at_work(matter: Matter) -> dict[str, User]:
    """Return who may know of the matter by their post: of a sealed one, the committee."""
    roles = [Role.DISCIPLINE] if matter.sealed else set(Role) - ADMINISTRATORS
    return _by_log_in(matter, people_holding(roles, mine_id=matter.mine_id))


def _by_log_in(matter: Matter, people: list[User]) -> dict[str, User]:
    allowed = set(all_who_may(matter, [person.pk for person in people]))
    return {person.username: person for person in people if person.pk in allowed}


def open_parts_of(matter: Matter, person: Standing) -> dict[str, Part]:
    """Return the shares that the person's units still owe, by number."""
    owed = matter.parts.filter(
        kind=PartKind.JOINT, done_at=None, unit__in=person.heads
    ).select_related("unit")
    return {str(part.pk): part for part in owed}


def matter_numbered(person: Standing, number: str) -> Matter | None:
    """Return the matter of this number if the person may see it."""
    return numbered(matters_seen_by(person), number.strip()).first()


def people_called(text: str, *, mine_id: int) -> list[User]:
    """
    Return the people of the mine who go by these names or log-in names.

    :raises NotCalled: naming whom the mine does not know or knows more than once.
    """
    names = [name for name in re.split(r"[、,，;；\s]+", text.strip()) if name]
    return [_called(name, mine_id) for name in dict.fromkeys(names)]


def _called(name: str, mine_id: int) -> User:
    people = User.objects.filter(
        posts__mine_id=mine_id, posts__ended_on=None
    ).distinct()
    found = list(people.filter(username=name)) or list(people.filter(name=name)[:6])
    if not found:
        raise NotCalled(_("没有找到“%(name)s”，请核对姓名。") % {"name": name})
    if len(found) > 1:
        log_ins = _("、").join(person.username for person in found)
        raise NotCalled(
            _("有几个“%(name)s”，请改写登录名：%(log_ins)s。")
            % {"name": name, "log_ins": log_ins}
        )
    return found[0]
