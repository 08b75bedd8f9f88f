"""Who may publish."""

from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


def may_publish(person: Standing) -> bool:
    """The coordinators publish the rules of their mine."""
    return person.is_any(Role.COORDINATOR)
