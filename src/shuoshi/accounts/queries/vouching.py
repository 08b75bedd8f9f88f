"""Accounts that something else than the house changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shuoshi.accounts.models import User
from shuoshi.accounts.rules.vouching import PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hashes


if TYPE_CHECKING:
    from django.db.models import QuerySet

CHUNK = 500


def accounts_as_they_are() -> "QuerySet[User]":
    """Return accounts with all that is told of them, in four queries."""
    return User.objects.select_related("authenticator").prefetch_related(
        "passkeys", "recovery_codes", "tokens"
    )


def wrong_accounts() -> Iterator[str]:
    """Yield the log-in name of each account that is not as the house wrote it."""
    for person in accounts_as_they_are().order_by("pk").iterator(chunk_size=CHUNK):
        if person.vouch not in kept_hashes(PURPOSE, told_of_account(person)):
            yield person.username
