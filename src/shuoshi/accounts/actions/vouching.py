"""Vouch for an account after it was changed: a change past the house is then found."""

from shuoshi.accounts.models import User
from shuoshi.accounts.rules.vouching import PURPOSE, told_of_account
from shuoshi.common.hashing import kept_hash


def vouch_for_account(person: User) -> None:
    """Write beside the account, under the key of the hashes, how it is now."""
    person.vouch = kept_hash(PURPOSE, told_of_account(person))
    User.objects.filter(pk=person.pk).update(vouch=person.vouch)
