"""What the house vouches for of an account: only its own actions write it so."""

from datetime import UTC
from typing import TYPE_CHECKING, Final

from shuoshi.common.canonical import canonical


if TYPE_CHECKING:
    from shuoshi.accounts.models import User

PURPOSE: Final = "account"
# Under which the record knows that somebody signs in no more.
DEACTIVATED: Final = "accounts.deactivated"


def told_of_account(person: "User") -> str:
    """
    Return in one form who signs in by what, and whether they may.

    Told with the account is all that lets somebody act as this person: its passkeys, the
    confirmed authenticator, recovery codes and tokens. What only says when they were last
    used is left out.
    """
    return canonical(
        [
            [person.pk, person.username, person.name, person.phone],
            [person.password, person.is_active],
            sorted([one.credential, one.public] for one in person.passkeys.all()),
            # At most one; unconfirmed it opens nothing yet.
            sorted(
                app.secret
                for app in [getattr(person, "authenticator", None)]
                if app is not None and app.confirmed_at is not None
            ),
            sorted(code.digest for code in person.recovery_codes.all()),
            sorted(
                [
                    token.digest,
                    token.second,
                    token.expires_at.astimezone(UTC).isoformat(),
                ]
                for token in person.tokens.all()
            ),
        ]
    ).decode()
