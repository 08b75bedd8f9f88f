"""
Who may do what to a matter: the one place that decides.

``queries/matters.py`` says the same of SEE in SQL; a test holds the two together.
"""

from enum import StrEnum, auto
from functools import wraps
from typing import TYPE_CHECKING

from shuoshi.common.gate import Gate
from shuoshi.matters.rules.states import Identity, Part, State
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Kind, Standing


if TYPE_CHECKING:
    from shuoshi.common.gate import Predicate
    from shuoshi.matters.models import Matter


class Permission(StrEnum):
    SEE = auto()
    READ = auto()
    SEE_SPEAKER = auto()
    SPEAK = auto()
    CLOCK = auto()
    RECEIVE = auto()
    SORT = auto()
    ACCEPT = auto()
    CALL = auto()
    OPINE = auto()
    CONCLUDE = auto()
    HANDLE = auto()
    DELIVER = auto()
    APPROVE = auto()
    SUPERVISE = auto()
    INSTRUCT = auto()
    REVIEW = auto()
    REOPEN = auto()
    TAKE_PART = auto()


def is_kept_from(person: Standing, matter: "Matter") -> bool:
    """
    True for those whom the matter names, who answer to them or stand above them.

    Who stepped back is kept from it alone, without their line.
    """
    if not matter.names_objects or person.kind is not Kind.STAFF:
        return False
    return any(
        named.person_id == person.person_id
        if named.recused
        else named.person_id in person.bound or named.unit_id in person.within
        for named in matter.objects_named.all()
    )


def same_mine(person: Standing, matter: "Matter") -> bool:
    return (
        person.kind is Kind.STAFF
        and person.mine_id == matter.mine_id
        and not is_kept_from(person, matter)
    )


def raised_it(person: Standing, matter: "Matter") -> bool:
    return person.kind is Kind.SPEAKER and person.matter_id == matter.pk


def is_the_clock(person: Standing, _matter: "Matter") -> bool:
    return person.kind is Kind.CLOCK


def coordinates(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and person.is_any(Role.COORDINATOR)


def is_chief(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and person.is_any(Role.CHIEF)


def received_it(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and matter.first_receiver_id == person.person_id


def is_responsible(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and matter.responsible_id == person.person_id


def works_on_it(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and person.person_id in {
        matter.handler_id,
        matter.convener_id,
    }


def heads_the_lead(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and matter.lead_unit_id in person.heads


def leads_the_lead(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and matter.lead_unit_id in person.leads


def heads_a_part(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and any(
        part.unit_id in person.heads for part in matter.parts.all()
    )


def leads_a_part(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and any(
        part.unit_id in person.leads for part in matter.parts.all()
    )


def keeps_the_seal(person: Standing, matter: "Matter") -> bool:
    return (
        same_mine(person, matter) and matter.sealed and person.is_any(Role.DISCIPLINE)
    )


def _unsealed(predicate: "Predicate[Matter]") -> "Predicate[Matter]":
    @wraps(predicate)
    def unsealed(person: Standing, matter: "Matter") -> bool:
        return not matter.sealed and predicate(person, matter)

    return unsealed


def must_accept(person: Standing, matter: "Matter") -> bool:
    return heads_the_lead(person, matter) or is_responsible(person, matter)


def owes_an_opinion(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and any(
        part.unit_id in person.heads
        and part.kind == Part.OPINION
        and part.done_at is None
        for part in matter.parts.all()
    )


def owes_a_part(person: Standing, matter: "Matter") -> bool:
    return same_mine(person, matter) and any(
        part.unit_id in person.heads
        and part.kind == Part.JOINT
        and part.done_at is None
        for part in matter.parts.all()
    )


def approves(person: Standing, matter: "Matter") -> bool:
    """A leader grants; never the one who asks."""
    return (
        leads_the_lead(person, matter) or is_chief(person, matter)
    ) and matter.handler_id != person.person_id


def reviews_it(person: Standing, matter: "Matter") -> bool:
    """Nobody reviews what they handled themselves."""
    return (
        matter.state in {State.REVIEWING, State.FINAL_REVIEWING}
        and is_responsible(person, matter)
        and matter.handler_id != person.person_id
    )


AT_WORK = (
    coordinates,
    is_chief,
    received_it,
    is_responsible,
    works_on_it,
    heads_the_lead,
    leads_the_lead,
    heads_a_part,
    leads_a_part,
    keeps_the_seal,
)
SEEING = (raised_it, is_the_clock, *AT_WORK)
RECEIVING = (received_it, coordinates, is_responsible)


def sorts(person: Standing, matter: "Matter") -> bool:
    """After the third return the leader in charge decides where it goes, or the chief."""
    if matter.designated:
        return is_responsible(person, matter) or is_chief(person, matter)
    return any(receives(person, matter) for receives in RECEIVING)


def names_speaker_to(person: Standing, matter: "Matter") -> bool:
    """Named: whoever reads the matter. Confidential: first receiver and coordinator."""
    if matter.sealed:
        return keeps_the_seal(person, matter)
    if matter.identity == Identity.NAMED:
        return any(sees(person, matter) for sees in SEEING)
    if matter.identity == Identity.CONFIDENTIAL:
        return received_it(person, matter) or coordinates(person, matter)
    return False


gate: Gate["Matter"] = Gate(
    {
        Permission.SEE: SEEING,
        # Sealed, the committee alone reads it: to the speaker too it is a receipt.
        Permission.READ: (*(_unsealed(sees) for sees in SEEING), keeps_the_seal),
        Permission.SEE_SPEAKER: (names_speaker_to,),
        Permission.SPEAK: (raised_it,),
        Permission.CLOCK: (is_the_clock,),
        Permission.RECEIVE: RECEIVING,
        Permission.SORT: (sorts,),
        Permission.ACCEPT: (must_accept,),
        Permission.CALL: (received_it, coordinates, leads_the_lead, is_responsible),
        Permission.OPINE: (owes_an_opinion,),
        Permission.CONCLUDE: (is_responsible,),
        Permission.HANDLE: (is_responsible,),
        Permission.DELIVER: (owes_a_part,),
        Permission.APPROVE: (approves,),
        Permission.SUPERVISE: (coordinates, leads_the_lead, is_chief),
        Permission.INSTRUCT: (leads_the_lead, is_chief),
        Permission.REVIEW: (reviews_it,),
        Permission.REOPEN: (received_it, coordinates, is_the_clock),
        Permission.TAKE_PART: tuple(_unsealed(sees) for sees in AT_WORK),
    }
)

# What a person may do in the mine, before there is a matter.
REGISTERING = (Role.RECEPTION, Role.COORDINATOR)
IMPORTING = (Role.COORDINATOR,)
FIGURING = (Role.COORDINATOR, Role.CHIEF, Role.LEADER, Role.UNIT_HEAD)


def may_register(person: Standing) -> bool:
    return person.is_any(*REGISTERING)


def may_import(person: Standing) -> bool:
    return person.is_any(*IMPORTING)


def may_see_figures(person: Standing) -> bool:
    return person.is_any(*FIGURING)
