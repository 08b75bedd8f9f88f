"""
Who may do what to a matter: the one place that decides.

``queries/matters.py`` says the same of SEE in SQL; a test holds the two together.
"""

from enum import StrEnum, auto
from functools import wraps
from typing import TYPE_CHECKING

from shuoshi.common.gate import Gate
from shuoshi.matters.rules.states import Identity, Part, State
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.standing import Kind, Standing


if TYPE_CHECKING:
    from shuoshi.common.gate import Predicate
    from shuoshi.matters.models import Matter, ObjectNamed


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
    KEEP_OUT = auto()
    RELEASE = auto()
    STEP_BACK = auto()
    NAME_OBJECTS = auto()


def is_named(person: Standing, named: "ObjectNamed") -> bool:
    return not named.recused and named.person_id == person.person_id


def is_bound_to_the_named(person: Standing, named: "ObjectNamed") -> bool:
    """True for who answers to the named person, or stands above them in a unit."""
    return not named.recused and named.person_id in person.bound


def is_of_the_named_unit(person: Standing, named: "ObjectNamed") -> bool:
    return named.unit_id in person.within


def stands_above_the_named_unit(person: Standing, named: "ObjectNamed") -> bool:
    return named.unit_id in person.heads


def stepped_back(person: Standing, named: "ObjectNamed") -> bool:
    """True for who stepped back: kept from it alone, without their line."""
    return named.recused and named.person_id == person.person_id


def waits_for_the_committee(person: Standing, named: "ObjectNamed") -> bool:
    """True for all but the committee, while nobody knows yet whom the speaker means."""
    unknown = named.person_id is None and named.unit_id is None
    return unknown and not person.is_any(Role.DISCIPLINE)


KEEPING = (
    is_named,
    is_bound_to_the_named,
    is_of_the_named_unit,
    stands_above_the_named_unit,
    stepped_back,
    waits_for_the_committee,
)


def is_kept_from(person: Standing, matter: "Matter") -> bool:
    """True for those whom the matter names, their line, and who stepped back from it."""
    if not matter.names_objects or person.kind is not Kind.STAFF:
        return False
    return any(
        keeps(person, named)
        for named in matter.objects_named.all()
        for keeps in KEEPING
    )


def administers(person: Standing) -> bool:
    """True for who runs the house: whatever else they are, they read no matter."""
    return person.is_any(*ADMINISTRATORS)


def same_mine(person: Standing, matter: "Matter") -> bool:
    return (
        person.kind is Kind.STAFF
        and person.mine_id == matter.mine_id
        and not administers(person)
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


def answers_as_committee(person: Standing, matter: "Matter") -> bool:
    return is_responsible(person, matter) and person.is_any(Role.DISCIPLINE)


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


def is_restricted(matter: "Matter") -> bool:
    """True where who spoke is only stored any more, and used by nobody."""
    speaker = getattr(matter, "speaker", None)
    return speaker is not None and speaker.restricted_at is not None


def is_released_to(person: Standing, matter: "Matter") -> bool:
    """True for whom a second person let learn who spoke, until the time given is over."""
    at = getattr(matter, "looked_at", None)
    return at is not None and any(
        one.to_id == person.person_id
        and one.granted_by_id is not None
        and at < one.until
        for one in matter.releases.all()
    )


def _knows_confidential(person: Standing, matter: "Matter") -> bool:
    if received_it(person, matter) or coordinates(person, matter):
        return True
    at_work = any(works(person, matter) for works in AT_WORK)
    return at_work and is_released_to(person, matter)


def names_speaker_to(person: Standing, matter: "Matter") -> bool:
    """Named: whoever reads it. Confidential: first receiver, coordinator, who was let."""
    if is_restricted(matter):
        return False
    if matter.sealed:
        return keeps_the_seal(person, matter)
    if matter.identity == Identity.NAMED:
        return any(sees(person, matter) for sees in SEEING)
    if matter.identity == Identity.CONFIDENTIAL:
        return _knows_confidential(person, matter)
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
        Permission.RELEASE: (received_it, coordinates),
        # What is sealed is the committee's to keep from its own members.
        Permission.STEP_BACK: (*(_unsealed(sees) for sees in AT_WORK), keeps_the_seal),
        Permission.NAME_OBJECTS: (
            *(_unsealed(receives) for receives in RECEIVING),
            keeps_the_seal,
        ),
        Permission.KEEP_OUT: (
            _unsealed(coordinates),
            _unsealed(leads_the_lead),
            _unsealed(is_chief),
            answers_as_committee,
            keeps_the_seal,
        ),
    }
)

# What a person may do in the mine, before there is a matter.
REGISTERING = (Role.RECEPTION, Role.COORDINATOR)
IMPORTING = (Role.COORDINATOR,)
FIGURING = (Role.COORDINATOR, Role.CHIEF, Role.LEADER, Role.UNIT_HEAD)


def may_register(person: Standing) -> bool:
    return _works_as(person, REGISTERING)


def may_print_duty(person: Standing) -> bool:
    return person.is_any(*REGISTERING, Role.CHIEF)


def may_import(person: Standing) -> bool:
    return _works_as(person, IMPORTING)


def may_see_figures(person: Standing) -> bool:
    return _works_as(person, FIGURING)


def is_at_work(person: Standing) -> bool:
    """True for those who deal with matters; administrators and strangers do not."""
    return person.mine_id is not None and not administers(person)


def _works_as(person: Standing, roles: tuple[Role, ...]) -> bool:
    return person.is_any(*roles) and not administers(person)
