"""Vouch for an account after it was changed: a change past the house is then found."""

from django.db import transaction

from shuoshi.accounts.models import User
from shuoshi.accounts.queries.vouching import accounts_as_they_are
from shuoshi.accounts.rules.vouching import PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hash


@transaction.atomic
def vouch_for_account(person: User) -> None:
    """
    Write beside the account, under the key of the hashes, how it is now.

    Whoever changes another part of the same account at this moment waits, and then
    vouches for both changes.
    """
    User.objects.select_for_update().get(pk=person.pk)
    kept = accounts_as_they_are().get(pk=person.pk)
    person.vouch = kept_hash(PURPOSE, told_of_account(kept))
    User.objects.filter(pk=person.pk).update(vouch=person.vouch)
