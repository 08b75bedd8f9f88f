"""Answer the accounts what a person is here."""

from shuoshi.accounts.models import User
from shuoshi.accounts.queries.belonging import Belonging
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.second_factor import demands_second


def belonging(person: User) -> Belonging:
    """Return the mine, and whether a post of theirs demands a second factor."""
    standing = standing_of(person)
    return Belonging(standing.mine_id or 0, demands_second(standing.roles))
