"""Name whom a matter is about, and withdraw it from them and their line."""

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.models import Matter, ObjectNamed
from shuoshi.matters.queries.acquainted import acquainted_with, kept_among
from shuoshi.matters.queries.people import first_who_may
from shuoshi.matters.queries.responsible import goes_to_discipline, responsible_for
from shuoshi.matters.rules.states import ENDED
from shuoshi.org.models import Unit
from shuoshi.org.queries.people import heads_of


class ObjectRefused(Refused):
    """This cannot be named as an object."""


def name_objects(change: Change) -> bool:
    """
    Enter the people and units given as objects; True if there were any.

    :raises ObjectRefused: if the whole mine is named, since nobody could then act.
    """
    people = list(change.given.get("objects") or ())
    units = list(change.given.get("object_units") or ())
    if any(unit.parent_id is None for unit in units):
        raise ObjectRefused(
            _("不能把全矿写成被反映对象，请写具体的人或者单位。"), field="object_units"
        )
    if not people and not units:
        return False
    _known_now(change)
    rows = [ObjectNamed(matter=change.matter, person=person) for person in people]
    rows += [ObjectNamed(matter=change.matter, unit=unit) for unit in units]
    keep_out(change, rows)
    # Who was named stands in the rows; the event tells only how many.
    change.detail["objects"] = len(rows)
    return True


def _known_now(change: Change) -> bool:
    """Forget that nobody knew whom it is about; True if it was so."""
    matter = change.matter
    unknown = ObjectNamed.objects.filter(matter=matter, person=None, unit=None)
    if not unknown.delete()[0]:
        return False
    getattr(matter, "_prefetched_objects_cache", {}).pop("objects_named", None)
    change.detail["found_out"] = True
    return True


def keep_out(change: Change, rows: list[ObjectNamed]) -> None:
    """
    Enter from whom the matter is kept, and let the copy at hand know.

    The event tells which of those now kept out had opened or read what of it.
    """
    matter = change.matter
    known = acquainted_with(matter)
    before = kept_among(matter, known)
    ObjectNamed.objects.bulk_create(rows, ignore_conflicts=True)
    forget = getattr(matter, "_prefetched_objects_cache", {})
    forget.pop("objects_named", None)
    change.set(names_objects=True)
    out = kept_among(matter, known) - before
    change.detail["seen"] = [known[person] for person in sorted(out)]


def check_lead(matter: Matter, lead: Unit) -> None:
    """
    Refuse a lead unit all of whose heads are kept from the matter.

    :raises ObjectRefused: since nobody there could be given it.
    """
    if _is_kept_from_all_heads(matter, lead):
        raise ObjectRefused(
            _("这个单位的负责人是被反映对象或者与其有关，请换一个主办单位。"),
            field="lead_unit",
        )


def check_part(matter: Matter, unit: Unit, *, field: str) -> None:
    """
    Refuse to ask a unit for a share when all of its heads are kept from the matter.

    :raises ObjectRefused: since nobody there could hand it in.
    """
    if _is_kept_from_all_heads(matter, unit):
        raise ObjectRefused(
            _("%(unit)s的负责人是被反映对象或者与其有关，请去掉这个单位。")
            % {"unit": unit.name},
            field=field,
        )


def _is_kept_from_all_heads(matter: Matter, unit: Unit) -> bool:
    heads = heads_of(unit.pk)
    return bool(heads) and not first_who_may(matter, heads)


@effect("name_object")
def name_object(change: Change) -> None:
    """
    Withdraw the matter at once from those who are named and from their line.

    Where nobody knew whom the speaker means, the committee may say that it is nobody here.

    :raises ObjectRefused: if nobody is named.
    """
    if not name_objects(change):
        if not _known_now(change):
            raise ObjectRefused(_("请写明被反映的人或者单位。"), field="objects")
        change.set(names_objects=change.matter.objects_named.exists())
    change.words = change.given["reason"]
    _pass_on(change)


@effect("name_as_told")
def name_as_told(change: Change) -> None:
    """
    Keep a matter that was just raised from whom its speaker says it is about.

    Where the house does not know whom they mean, the committee finds out first.
    """
    if not name_objects(change):
        keep_out(change, [ObjectNamed(matter=change.matter)])
    _pass_on(change)


def _pass_on(change: Change) -> None:
    """
    Let somebody else be responsible, and handle, where who did is now kept out.

    What the committee held only to find out goes back to who receives. Where nobody is
    left, it is sealed in the same transaction, and nobody is responsible any more.
    """
    matter = change.matter
    if not matter.responsible_id or matter.state in ENDED:
        return
    if matter.handler_id and not first_who_may(matter, [matter.handler_id]):
        change.set(handler_id=None)
    found_out = change.detail.get("found_out", False)
    if found_out or not first_who_may(matter, [matter.responsible_id]):
        change.responsible = (
            matter.responsible_id
            if goes_to_discipline(matter)
            else responsible_for(matter)
        )
