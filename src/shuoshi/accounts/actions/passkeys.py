"""Register passkeys and look at what they sign."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from shuoshi.accounts.actions.record import note_by, tell
from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.accounts.models import Passkey, Told, User
from shuoshi.accounts.queries.factors import passkey_called, passkeys_of
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import keyed_hash


MOST = 10
LONGEST = 16_384


class PasskeyRefused(Refused):
    """What the device signed does not fit what was asked, or is nobody's here."""

    def __init__(self, message: str = "") -> None:
        """Say the same for everything that does not fit."""
        super().__init__(message or _("通行密钥没有通过，请再试一次，或者换一种方式。"))


@dataclass(frozen=True)
class Site:
    """The address under which people see this house: a passkey is good for it alone."""

    host: str
    origin: str

    @property
    def server(self) -> Fido2Server:
        site = PublicKeyCredentialRpEntity(id=self.host, name=_("说事"))
        return Fido2Server(site, verify_origin=lambda told: told == self.origin)


def begin_registration(person: User, site: Site) -> tuple[dict[str, Any], Any]:
    """Return what the browser is asked, and the state to be kept until it answers."""
    asked, state = site.server.register_begin(
        PublicKeyCredentialUserEntity(
            id=keyed_hash("passkey", str(person.pk))[:32].encode(),
            name=person.username,
            display_name=person.name,
        ),
        credentials=[_credential(one) for one in passkeys_of(person)],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(asked.public_key), state


@transaction.atomic
def finish_registration(
    person: User, site: Site, *, state: Any, answer: str, name: str, now: datetime
) -> Passkey:
    """
    Keep the public key that the device made.

    :raises PasskeyRefused: if the answer does not fit, or there are too many already.
    """
    if passkeys_of(person).count() >= MOST:
        raise PasskeyRefused(_("通行密钥已经够多了，请先移除不用的。"))
    try:
        made = site.server.register_complete(state, _read(answer)).credential_data
        if made is None:
            raise PasskeyRefused
        with transaction.atomic():
            passkey = Passkey.objects.create(
                person=person,
                credential=websafe_encode(made.credential_id),
                public=websafe_encode(made),
                name=name.strip()[:60] or _("通行密钥"),
                made_at=now,
            )
    except (ValueError, KeyError, TypeError, IntegrityError):
        raise PasskeyRefused from None
    vouch_for_account(person)
    tell(person, Told.FACTORS, now=now)
    note_by(person, "accounts.factor_added", now=now, detail={"kind": "passkey"})
    return passkey


def begin_proof(site: Site, person: User | None = None) -> tuple[dict[str, Any], Any]:
    """Return what is asked of a passkey: of this person, or of whoever is there."""
    known = [_credential(one) for one in passkeys_of(person)] if person else None
    asked, state = site.server.authenticate_begin(
        known, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(asked.public_key), state


def prove_passkey(
    site: Site, *, state: Any, answer: str, now: datetime, of: User | None = None
) -> User:
    """
    Return the person whose passkey signed.

    :raises PasskeyRefused: if it does not fit, is another's, or looks copied.
    """
    try:
        read = _read(answer)
        told = AuthenticationResponse.from_dict(read)
        passkey = passkey_called(websafe_encode(told.raw_id))
        if passkey is None or (of is not None and passkey.person_id != of.pk):
            raise PasskeyRefused
        site.server.authenticate_complete(state, [_credential(passkey)], read)
        count = told.response.authenticator_data.counter
    except (ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    # A count that does not rise comes from a copy; zero is from those that do not count.
    fits = Q(count__lt=count) if count else Q(count=0)
    rising = Passkey.objects.filter(fits, pk=passkey.pk)
    if not rising.update(count=count, used_at=now):
        note_by(passkey.person, "accounts.passkey_copied", now=now)
        raise PasskeyRefused
    return passkey.person


def _credential(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(passkey.public))


def _read(answer: str) -> Mapping[str, Any]:
    if len(answer) > LONGEST:
        raise ValueError("longer than any passkey says")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError("not an object")
    return read
