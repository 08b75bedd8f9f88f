"""Who may publish."""

from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


def may_publish(person: Standing) -> bool:
    """The coordinators publish the rules of their mine."""
    return person.is_any(Role.COORDINATOR)


def may_write(person: Standing) -> bool:
    """Whoever receives, coordinates or heads something writes what may be made public."""
    return person.is_any(
        Role.RECEPTION, Role.COORDINATOR, Role.UNIT_HEAD, Role.CHIEF, Role.LEADER
    )


def may_check(person: Standing, author_id: int) -> bool:
    """Somebody else than the author looks whether it holds a secret."""
    return person.is_any(Role.COORDINATOR, Role.CHIEF) and person.person_id != author_id


def may_approve(person: Standing, author_id: int) -> bool:
    """A leader lets it out, never the author."""
    return person.is_any(Role.CHIEF, Role.LEADER) and person.person_id != author_id


def may_withdraw(person: Standing) -> bool:
    return person.is_any(Role.COORDINATOR, Role.CHIEF, Role.LEADER)
