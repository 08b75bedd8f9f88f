"""Answer the accounts what a person is here."""

from shuoshi.accounts.models import User
from shuoshi.accounts.queries.belonging import Belonging
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.second_factor import demands_second


def belonging(person: User) -> Belonging:
    """Return the mine, whether they hold a post, and whether it demands a second factor."""
    standing = standing_of(person)
    return Belonging(
        standing.mine_id or 0,
        needs_second=demands_second(standing.roles),
        holds_post=bool(standing.roles),
    )
