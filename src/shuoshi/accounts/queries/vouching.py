"""Accounts that something else than the house changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shuoshi.accounts.models import User
from shuoshi.accounts.rules.vouching import DEACTIVATED, PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hashes
from shuoshi.trail.models import Event
from shuoshi.trail.rules.notes import ROOM


if TYPE_CHECKING:
    from django.db.models import QuerySet

CHUNK = 500


def accounts_as_they_are() -> "QuerySet[User]":
    """Return accounts with all that is told of them, in four queries."""
    return User.objects.select_related("authenticator").prefetch_related(
        "passkeys", "recovery_codes", "tokens"
    )


def wrong_accounts() -> Iterator[str]:
    """
    Yield the log-in name of each account that is not as the house wrote it.

    Each row vouches for itself; the record finds who was let go and put back as they
    once stood.
    """
    gone = _let_go()
    for person in accounts_as_they_are().order_by("pk").iterator(chunk_size=CHUNK):
        if person.vouch not in kept_hashes(PURPOSE, told_of_account(person)) or (
            person.is_active and person.pk in gone
        ):
            yield person.username


def _let_go() -> set[int]:
    told = Event.objects.filter(verb=f"{ROOM}.{DEACTIVATED}")
    return {detail.get("person") for detail in told.values_list("detail", flat=True)}
