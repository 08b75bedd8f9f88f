"""Who a person is, as far as the access rules need to know."""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from shuoshi.org.rules.roles import Role


class Kind(StrEnum):
    STAFF = auto()
    SPEAKER = auto()
    CLOCK = auto()


@dataclass(frozen=True)
class Standing:
    """
    A person's place in one mine, the speaker of one matter, or the clock itself.

    ``units`` are those the person has a post in, ``within`` these and all above them;
    ``heads`` and ``leads`` are units with all below them. ``bound`` are the people
    whose matters this person must not know: oneself, those one answers to, and those
    one stands above in the unit one heads.
    """

    kind: Kind = Kind.STAFF
    person_id: int | None = None
    mine_id: int | None = None
    matter_id: int | None = None
    name: str = ""
    title: str = ""
    roles: frozenset[Role] = frozenset()
    units: frozenset[int] = frozenset()
    within: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    bound: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def on_record(self) -> str:
        """How events name the actor."""
        if self.kind is not Kind.STAFF:
            return str(self.kind)
        return "nobody" if self.person_id is None else f"person:{self.person_id}"

    def is_any(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


CLOCK = Standing(kind=Kind.CLOCK)
NOBODY = Standing()


def speaker_of(matter_id: int, mine_id: int) -> Standing:
    return Standing(kind=Kind.SPEAKER, matter_id=matter_id, mine_id=mine_id)
