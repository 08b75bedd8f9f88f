"""Who may do what with the bookings."""

from shuoshi.matters.rules.access import may_register
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


def may_receive(person: Standing) -> bool:
    """Whoever receives people sees who is coming; nobody else."""
    return may_register(person)


def may_set_hours(person: Standing) -> bool:
    return person.is_any(Role.COORDINATOR)


def may_plan_open_days(person: Standing) -> bool:
    return person.is_any(Role.COORDINATOR)
