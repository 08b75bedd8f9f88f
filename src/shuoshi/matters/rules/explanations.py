"""Say why somebody may or may not do something to a matter, in the gate's own names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuoshi.matters.rules.access import (
    AT_WORK,
    Permission,
    administers,
    gate,
    is_kept_from,
)
from shuoshi.matters.rules.table import STEPS


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.org.rules.standing import Standing

SEEN = (Permission.SEE, Permission.READ, Permission.SEE_SPEAKER)


@dataclass(frozen=True)
class Verdict:
    """Whether something is granted, by which predicates, or what denies it."""

    granted_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()

    @property
    def is_granted(self) -> bool:
        return bool(self.granted_by)


@dataclass(frozen=True)
class Explanation:
    """
    Why somebody may or may not: no word of the matter, and not whom it is about.

    ``recusal`` stands for each of its grounds, so that asking about one person after
    another does not find out who was named.
    """

    relations: tuple[str, ...]
    sights: dict[str, Verdict]
    steps: dict[str, Verdict]


def explained(person: "Standing", matter: "Matter") -> Explanation:
    """Return which predicate grants each sight and each step, or what denies it."""
    return Explanation(
        tuple(holds.__name__ for holds in AT_WORK if holds(person, matter)),
        {str(one): _verdict(person, one, matter) for one in SEEN},
        {
            name: _verdict(person, step.by, matter)
            for name, step in STEPS.items()
            if step.sources
        },
    )


def _verdict(person: "Standing", permission: Permission, matter: "Matter") -> Verdict:
    granting = gate.granting(person, permission, matter)
    # What may not be seen is not there: no other permission counts.
    if granting and gate.may(person, Permission.SEE, matter):
        return Verdict(granted_by=tuple(granting))
    return Verdict(denied_by=_denied_by(person, matter))


def _denied_by(person: "Standing", matter: "Matter") -> tuple[str, ...]:
    """Return every ground on which it is denied, the strongest first."""
    grounds = {
        "no_post": person.mine_id is None,
        "other_mine": person.mine_id not in {None, matter.mine_id},
        "administrator": administers(person),
        "recusal": is_kept_from(person, matter),
    }
    found = tuple(name for name, holds in grounds.items() if holds)
    if found:
        return found
    if not gate.may(person, Permission.SEE, matter):
        return ("seal", "no_relation") if matter.sealed else ("no_relation",)
    return ("seal",) if matter.sealed else ("no_relation",)
