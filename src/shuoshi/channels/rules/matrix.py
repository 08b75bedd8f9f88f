"""
Person kind × relation × protection × door → answer, worked out by the gate itself.

The people and matters are made up here, as far as the gate looks at them; the tests set
real ones beside them and really go through every door.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from shuoshi.channels.rules.doors import DOORS
from shuoshi.channels.rules.needs import MALFORMED, Answer, Door
from shuoshi.matters.rules.states import Identity, Part, State
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter

ME: Final = 1
OTHER: Final = 2
NAMED: Final = 3
HERE: Final = 1
ELSEWHERE: Final = 2
LEAD: Final = 11
SIDE: Final = 12
OWN: Final = 13


class Rows(tuple[Any, ...]):
    """What hangs on a matter, without a database."""

    def all(self) -> "Rows":
        """Return themselves."""
        return self


@dataclass(frozen=True)
class Share:
    """A unit's share in a matter, as far as the gate looks at it."""

    unit_id: int
    kind: str
    done_at: None = None


@dataclass(frozen=True)
class NamedOne:
    """An object of a matter, as far as the gate looks at it."""

    person_id: int | None = None
    unit_id: int | None = None
    recused: bool = False


@dataclass(frozen=True)
class Case:
    """A matter, as far as the gate looks at it."""

    pk: int = 1
    mine_id: int = HERE
    state: str = State.HANDLING
    identity: str = Identity.NAMED
    sealed: bool = False
    designated: bool = False
    first_receiver_id: int = OTHER
    responsible_id: int = OTHER
    handler_id: int | None = OTHER
    convener_id: int | None = None
    lead_unit_id: int = LEAD
    parts: Rows = field(default_factory=Rows)
    objects_named: Rows = field(default_factory=Rows)

    @property
    def names_objects(self) -> bool:
        return bool(self.objects_named)


@dataclass(frozen=True)
class Relation:
    """How somebody stands to a matter: what of it, and of them, makes it so."""

    case: Mapping[str, Any] = field(default_factory=dict)
    person: Mapping[str, Any] = field(default_factory=dict)


def _kept(*, person: Mapping[str, Any] | None = None, **named: Any) -> Relation:
    # First receiver besides: what is kept is kept from them too.
    case = {"first_receiver_id": ME, "objects_named": Rows([NamedOne(**named)])}
    return Relation(case, person or {})


UNRELATED: Final = "none"
RELATIONS: Final[dict[str, Relation]] = {
    UNRELATED: Relation(),
    "receiver": Relation({"first_receiver_id": ME}),
    "sorter": Relation(
        {
            "first_receiver_id": ME,
            "responsible_id": ME,
            "handler_id": None,
            "state": State.RECEIVED,
        }
    ),
    "designated": Relation(
        {
            "responsible_id": ME,
            "designated": True,
            "handler_id": None,
            "state": State.RECEIVED,
        }
    ),
    "lead_head": Relation({"state": State.TRIAGED}, {"heads": frozenset({LEAD})}),
    "lead_leader": Relation({}, {"leads": frozenset({LEAD})}),
    "handler": Relation({"handler_id": ME, "responsible_id": ME}),
    "handler_who_leads": Relation(
        {"handler_id": ME, "responsible_id": ME}, {"leads": frozenset({LEAD})}
    ),
    "convener": Relation(
        {"convener_id": ME, "responsible_id": ME, "state": State.DELIBERATING}
    ),
    "asked_head": Relation(
        {"state": State.DELIBERATING, "parts": Rows([Share(SIDE, Part.OPINION)])},
        {"heads": frozenset({SIDE})},
    ),
    "joint_head": Relation(
        {"parts": Rows([Share(SIDE, Part.JOINT)])}, {"heads": frozenset({SIDE})}
    ),
    "part_leader": Relation(
        {"parts": Rows([Share(SIDE, Part.JOINT)])}, {"leads": frozenset({SIDE})}
    ),
    "reviewer": Relation({"responsible_id": ME, "state": State.REVIEWING}),
    "named": _kept(person_id=ME),
    "bound": _kept(person_id=NAMED),
    "of_named_unit": _kept(unit_id=OWN),
    "above_named_unit": _kept(unit_id=SIDE, person={"heads": frozenset({SIDE})}),
    "stepped_back": _kept(person_id=ME, recused=True),
    "elsewhere": Relation({"mine_id": ELSEWHERE, "first_receiver_id": ME}),
}
PROTECTIONS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "confidential": {"identity": Identity.CONFIDENTIAL},
    "anonymous": {"identity": Identity.ANONYMOUS},
    "sealed": {"sealed": True},
}
STRANGER: Final = "stranger"
SPEAKER: Final = "speaker"
STAFF: Final = {role.value.lower(): role for role in Role}
KINDS: Final = (STRANGER, SPEAKER, *STAFF)


def person_of(kind: str, relation: str = UNRELATED) -> Standing | None:
    """Return somebody of this kind in this relation; none who has not signed in."""
    if kind not in STAFF:
        return None
    return Standing(
        person_id=ME,
        mine_id=HERE,
        roles=frozenset({STAFF[kind]}),
        units=frozenset({OWN}),
        within=frozenset({OWN}),
        bound=frozenset({ME, NAMED}),
        **RELATIONS[relation].person,
    )


def matter_of(relation: str = UNRELATED, protection: str = "plain") -> "Matter":
    """Return the matter to which somebody stands in this relation."""
    case = Case(**RELATIONS[relation].case, **PROTECTIONS[protection])
    return cast("Matter", case)


def answer_at(
    door: Door, kind: str, relation: str = UNRELATED, protection: str = "plain"
) -> Answer:
    """Return what a door answers; the speaker holds the receipt of the matter."""
    person = person_of(kind, relation)
    matter = matter_of(relation, protection) if door.need.permission else None
    return door.need.answer(person, matter, holds_receipt=kind == SPEAKER)


def door_at(method: str, path: str) -> Door | None:
    """Return the door that a request comes to, none if it leads nowhere."""
    wanted = "GET" if method == "HEAD" else method
    at_address = _doors_at(path)
    taking = (door for door in at_address if wanted in door.methods)
    return next(taking, at_address[0] if at_address else None)


@lru_cache(maxsize=4096)
def _doors_at(path: str) -> tuple[Door, ...]:
    found = [door for door in DOORS if door.pattern.fullmatch(path)]
    return tuple(sorted(found, key=lambda door: door.path.count("{")))


def statuses_allowed(
    kind: str,
    method: str,
    path: str,
    *,
    relation: str = UNRELATED,
    protection: str = "plain",
) -> frozenset[int]:
    """
    Return the statuses that a request may be answered with; any other breaks the matrix.

    An address that leads nowhere is 404 for everybody. What a program sends is read before
    it is known whose matter it is about, so the API may refuse a malformed body first.
    """
    door = door_at(method, path)
    if door is None:
        return frozenset({404}) | MALFORMED
    allowed = door.statuses(answer_at(door, kind, relation, protection)) | MALFORMED
    return allowed | {422} if door.is_api else allowed


def rows() -> Iterator[dict[str, str]]:
    """Yield every line of the matrix."""
    for door in DOORS:
        relations = RELATIONS if door.need.permission else [UNRELATED]
        protections = PROTECTIONS if door.need.permission else ["plain"]
        for kind in KINDS:
            for relation in relations:
                for protection in protections:
                    yield {
                        "endpoint": door.name,
                        "person": kind,
                        "relation": relation,
                        "protection": protection,
                        "answer": answer_at(door, kind, relation, protection),
                    }
