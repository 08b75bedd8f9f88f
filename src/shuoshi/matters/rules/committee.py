"""How a committee's key is kept from everybody without its passphrase, and known."""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from django.utils.translation import gettext as _

from shuoshi.common.canonical import canonical
from shuoshi.common.keypairs import SIZE, Secret
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import SealBroken, box_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


if TYPE_CHECKING:
    from shuoshi.matters.models import CommitteeKey

PURPOSE: Final = "committee_key"
LEAST: Final = 15
MOST: Final = 200
DIFFERENT: Final = 6
# A passphrase given to a colleague counts so long, until it is changed.
GIVEN_FOR: Final = timedelta(days=3)
# Passes, KiB and lanes of Argon2id: dearer than a log-in, for it is asked rarely.
COST: Final = "argon2id:3:65536:1"


def told_of_key(key: "CommitteeKey") -> str:
    """Return in one form whose key this is, and whether it still counts."""
    counts = key.retired_at is None
    return canonical([key.pk, key.mine_id, key.public, counts]).decode()


class PassphraseRefused(Refused):
    """This passphrase is too easy."""


@dataclass(frozen=True)
class Kept:
    """A secret half as it may lie in the database."""

    cost: str
    salt: str
    sealed: str


def checked_passphrase(text: str) -> str:
    """
    Return a passphrase that may be taken.

    :raises PassphraseRefused: if it is short, or the same few characters over and over.
    """
    if len(text.strip()) < LEAST:
        raise PassphraseRefused(
            _("口令至少 %(least)d 个字符，用一句自己记得住的话。") % {"least": LEAST},
            field="passphrase",
        )
    if len(set(text)) < DIFFERENT:
        raise PassphraseRefused(_("这个口令太容易猜，请换一句话。"), field="passphrase")
    return text


def drawn_passphrase() -> str:
    """Return a passphrase to be told to a colleague: 100 bits, in fours."""
    letters = base64.b32encode(secrets.token_bytes(13)).decode().rstrip("=")[:20]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def kept_under(secret: Secret, passphrase: str, *, owner: str) -> Kept:
    """Seal a secret half under a passphrase, for one holder of one key."""
    salt = secrets.token_bytes(16)
    box = box_of(owner, _derived(passphrase, salt, COST))
    return Kept(COST, _text(salt), box.seal(_text(secret.raw), "committee"))


def opened_by(kept: Kept, passphrase: str, *, owner: str) -> Secret:
    """
    Return the secret half.

    :raises SealBroken: if it is another passphrase.
    """
    key = _derived(passphrase, _raw(kept.salt), kept.cost)
    return Secret(_raw(box_of(owner, key).open(kept.sealed, "committee")))


def _derived(passphrase: str, salt: bytes, cost: str) -> bytes:
    _name, passes, memory, lanes = cost.split(":")
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=int(passes),
        memory_cost=int(memory),
        parallelism=int(lanes),
        hash_len=SIZE,
        type=Type.ID,
    )


def for_the_session(
    secret: Secret, key_id: str, *, session: UUID | str
) -> tuple[str, str]:
    """Return what the browser keeps, and what the server keeps: each is noise alone."""
    key = secrets.token_bytes(SIZE)
    box = box_of(f"unlocked:{session}", key)
    return _text(key), box.seal(_text(secret.raw), key_id)


def of_the_session(
    cookie: str, sealed: str, key_id: str, *, session: UUID | str
) -> Secret | None:
    """Return the secret half that the sign-in unlocked, none if it is another one."""
    try:
        box = box_of(f"unlocked:{session}", _raw(cookie))
        return Secret(_raw(box.open(sealed, key_id)))
    except (SealBroken, ValueError):
        return None


def holds_the_seal(person: Standing) -> bool:
    """True for the members of the discipline committee."""
    return person.mine_id is not None and person.is_any(Role.DISCIPLINE)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
