"""Which posts demand a second factor: those that read protected fields, and administrators."""

from collections.abc import Iterable
from typing import Final

from shuoshi.org.rules.roles import ADMINISTRATORS, Role


# Who may come to read a confidential speaker's name or what lies under seal; the test of the
# access rules holds this set to what they grant. A leader reads all of a mine's matters.
PROTECTED: Final = frozenset(
    {Role.RECEPTION, Role.COORDINATOR, Role.DISCIPLINE, Role.CHIEF, Role.LEADER}
)
DEMANDING: Final = PROTECTED | ADMINISTRATORS


def demands_second(roles: Iterable[Role]) -> bool:
    return not DEMANDING.isdisjoint(roles)
