"""Step back from a matter, or be told to; and where it goes when all who sort it are out."""

from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import tell
from shuoshi.accounts.models import Told
from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.objects import keep_out
from shuoshi.matters.actions.sealing import seal_matter
from shuoshi.matters.models import Matter, ObjectNamed
from shuoshi.matters.queries.people import (
    chiefs,
    coordinators,
    discipline,
    first_who_may,
    leaders,
    unit_heads,
)
from shuoshi.matters.rules.states import ENDED, State
from shuoshi.org.queries.people import people_holding
from shuoshi.org.rules.roles import Role


# What is held by name, besides the post of first receiver, which never changes.
HELD = ("handler_id", "convener_id", "responsible_id")


class RecusalRefused(Refused):
    """This person cannot step back, or not to this replacement."""


@effect("recuse")
def recuse(change: Change) -> None:
    """
    Step back for an interest of one's own: from now on the matter is kept from this person.

    If they were responsible, the next in line takes over.

    :raises RecusalRefused: if there is nobody else.
    """
    matter, me = change.matter, change.person_id
    keep_out(change, [ObjectNamed(matter=matter, person_id=me, recused=True)])
    change.words = change.given["reason"]
    change.detail["recused"] = me
    if matter.state in ENDED:
        _check_committee_left(matter)
        return
    if matter.handler_id == me:
        change.set(handler_id=None)
    if matter.responsible_id == me:
        people = [*unit_heads(matter), *_next_in_line(change)]
        change.responsible = first_who_may(matter, people)
        if change.responsible is None:
            raise RecusalRefused(_("没有其他人可以接手，请先与统筹人员商量。"))
    if matter.convener_id == me:
        change.set(convener_id=change.responsible)


def _check_committee_left(matter: Matter) -> None:
    if matter.sealed and not first_who_may(matter, discipline(matter)):
        raise RecusalRefused(_("纪委没有其他人可以接手，请先与上级商量。"))


def _next_in_line(change: Change) -> list[int]:
    return [
        *coordinators(change.matter),
        *leaders(change.matter),
        *chiefs(change.matter),
    ]


@effect("order_recusal")
def order_recusal(change: Change) -> None:
    """
    Keep the matter from a person from now on; the replacement takes what they held.

    The first receiver stays the first receiver on record: the replacement acts for them.
    What has ended is held by nobody, and needs no replacement.

    :raises RecusalRefused: if it is oneself, or either is kept from it already.
    """
    matter, person = change.matter, change.given["person"].pk
    _check_ordered(change, person)
    keep_out(change, [ObjectNamed(matter=matter, person_id=person, recused=True)])
    change.words = change.given["reason"]
    change.detail["recused"] = person
    if matter.state in ENDED:
        _check_committee_left(matter)
        return
    if not change.given.get("replacement"):
        raise RecusalRefused(_("请选接替的人。"), field="replacement")
    replacement = change.given["replacement"].pk
    held = [name for name in HELD if getattr(matter, name) == person]
    _check_replacement(change, replacement, held)
    for name in held:
        change.set(**{name: replacement})
    if "responsible_id" in held:
        change.responsible = replacement
    change.detail |= {
        "replacement": replacement,
        "held": [name.removesuffix("_id") for name in held],
    }


def _check_ordered(change: Change, person: int) -> None:
    if person == change.person_id:
        raise RecusalRefused(_("自己回避请用“回避”。"), field="person")
    if not first_who_may(change.matter, [person]):
        raise RecusalRefused(_("这个人已经不能接触这件事，请另选。"), field="person")


def _check_replacement(change: Change, replacement: int, held: list[str]) -> None:
    matter = change.matter
    if not first_who_may(matter, [replacement]):
        raise RecusalRefused(
            _("接替的人不能是要回避的人，也不能与被反映对象有关，请另选。"),
            field="replacement",
        )
    reviewing = matter.state in {State.REVIEWING, State.FINAL_REVIEWING}
    if reviewing and "responsible_id" in held and matter.handler_id == replacement:
        raise RecusalRefused(_("办理过的人不能复查复核，请另选。"), field="replacement")


@effect("fall_to_discipline")
def fall_to_discipline(change: Change) -> None:
    """
    Seal what nobody else is left to send on: all who could are named, or their line.

    Where the committee is out too, it lies sealed for the one above: nobody here reads it.
    """
    matter = change.matter
    free = first_who_may(matter, discipline(matter)) is not None
    change.words = (
        _("能够分办的人都是被反映对象或者与其有关，自动移送。")
        if free
        else _("本单位能够接手的人都是被反映对象或者与其有关，密封保存，等上级来取。")
    )
    change.detail["for_above"] = not free
    seal_matter(change)
    if not free:
        _tell_of_what_is_for_above(change)


def _tell_of_what_is_for_above(change: Change) -> None:
    """Tell those who read no matter that one lies here for the committee above."""
    roles, mine_id = [Role.SECADMIN, Role.AUDITOR], change.matter.mine_id
    for person in people_holding(roles, mine_id=mine_id):
        tell(person, Told.FOR_ABOVE, now=change.now)
