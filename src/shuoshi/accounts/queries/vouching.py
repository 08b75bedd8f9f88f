"""Accounts that something else than the house changed."""

from collections.abc import Iterator

from shuoshi.accounts.models import User
from shuoshi.accounts.rules.vouching import PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hashes


def wrong_accounts() -> Iterator[str]:
    """Yield the log-in name of each account that is not as the house wrote it."""
    for person in User.objects.order_by("pk").iterator():
        if person.vouch not in kept_hashes(PURPOSE, told_of_account(person)):
            yield person.username
