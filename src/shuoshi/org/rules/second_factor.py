"""Which posts demand a second factor, and which take two administrators to give."""

from collections.abc import Iterable
from typing import Final

from shuoshi.org.rules.roles import ADMINISTRATORS, Role


# Who may come to read a confidential speaker's name or what lies under seal; the test of the
# access rules holds this set to what they grant. A leader reads all of a mine's matters.
PROTECTED: Final = frozenset(
    {Role.RECEPTION, Role.COORDINATOR, Role.DISCIPLINE, Role.CHIEF, Role.LEADER}
)
GRAVE: Final = PROTECTED | ADMINISTRATORS


def demands_second(roles: Iterable[Role]) -> bool:
    """
    True for whoever holds any post.

    The head on duty receives first, and a handler may be let know who spoke: every post
    can come to read what is protected (GB/T 22239-2019, 8.1.4.1 d).
    """
    return any(True for _ in roles)


def takes_two(role: Role, *, stands_over_units: bool) -> bool:
    """True for a post that reads what is protected, or much: a head of units below."""
    return role in GRAVE or (role is Role.UNIT_HEAD and stands_over_units)
