"""What the house vouches for of an account: only its own actions write it so."""

from typing import TYPE_CHECKING, Final

from shuoshi.common.canonical import canonical


if TYPE_CHECKING:
    from shuoshi.accounts.models import User

PURPOSE: Final = "account"


def told_of_account(person: "User") -> str:
    """Return in one form who signs in by what, and whether they may."""
    return canonical(
        [person.pk, person.username, person.password, person.is_active]
    ).decode()
