"""Who may do what with the roster."""

from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.standing import Kind, Standing


def may_plan(person: Standing) -> bool:
    """The Party department plans, whose coordinators do it; so does the console."""
    return person.kind is Kind.CLOCK or person.is_any(Role.COORDINATOR)


def may_see_roster(person: Standing) -> bool:
    """Whoever works in the mine; those who run the house have nothing to receive."""
    return person.mine_id is not None and not person.is_any(*ADMINISTRATORS)


def takes_turns(person: Standing) -> bool:
    return person.is_any(Role.RECEPTION)
