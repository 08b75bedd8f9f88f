"""Give people a second factor, and look at the codes they show."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import note_by, tell
from shuoshi.accounts.actions.sessions import drop_tokens
from shuoshi.accounts.actions.throttling import count_try, forget_tries
from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.accounts.models import (
    Authenticator,
    Passkey,
    RecoveryCode,
    Told,
    User,
)
from shuoshi.accounts.queries.belonging import needs_second
from shuoshi.accounts.queries.factors import factors_of, unconfirmed_app
from shuoshi.accounts.rules.throttles import SECOND
from shuoshi.accounts.rules.totp import DIGITS, new_secret, step_of_code
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import keyed_hash, new_box, open_box


RECOVERY_CODES = 10
# Without what is mistaken for another in handwriting.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class CodeRefused(Refused):
    """The code is not the one of this moment, or was shown before."""

    def __init__(self) -> None:
        """Say the same for a wrong code and a used one."""
        super().__init__(
            _("验证码不对，或者已经用过。请等下一个验证码再试。"), field="code"
        )


class FactorRefused(Refused):
    """The last factor stays, where the person's posts demand one."""


def prepare_app(person: User, *, now: datetime) -> tuple[Authenticator, str]:
    """Return an authenticator that awaits its first code, and its secret to be shown."""
    waiting = unconfirmed_app(person)
    if waiting is not None:
        return waiting, _secret_of(waiting)
    secret = new_secret()
    app = Authenticator(person=person, made_at=now)
    box = new_box(app.uid)
    app.key, app.secret = box.wrapped, box.seal(secret, "totp")
    Authenticator.objects.bulk_create([app], ignore_conflicts=True)
    kept = unconfirmed_app(person)
    if kept is None:
        raise FactorRefused(_("您已经有验证器了，请先移除原来的。"))
    return kept, _secret_of(kept)


@transaction.atomic
def confirm_app(person: User, *, code: str, now: datetime) -> None:
    """
    Take the first code of a new authenticator: from now on it counts.

    :raises CodeRefused: if it is not the code of this moment.
    """
    app = unconfirmed_app(person)
    step = step_of_code(_secret_of(app), code, now=now) if app else None
    if app is None or step is None:
        raise CodeRefused
    Authenticator.objects.filter(pk=app.pk, confirmed_at=None).update(
        confirmed_at=now, last_step=step
    )
    drop_tokens(person)
    tell(person, Told.FACTORS, now=now)
    note_by(person, "accounts.factor_added", now=now, detail={"kind": "totp"})


def prove_code(person: User, *, code: str, now: datetime) -> None:
    """
    Look at a code of the authenticator, or one from paper. Each is taken once.

    :raises TooOften: if too many were tried.
    :raises CodeRefused: if it is none of theirs, or was taken before.
    """
    for throttle in SECOND:
        count_try(throttle, str(person.pk), now=now)
    code = "".join(code.split()).replace("-", "").lower()
    digits = len(code) == DIGITS and code.isascii() and code.isdigit()
    took = _take_step if digits else _take_recovery_code
    if not took(person, code, now):
        note_by(person, "accounts.factor_refused", now=now)
        raise CodeRefused
    for throttle in SECOND:
        forget_tries(throttle, str(person.pk))


def _take_step(person: User, code: str, now: datetime) -> bool:
    app = factors_of(person).app
    step = step_of_code(_secret_of(app), code, now=now) if app else None
    if app is None or step is None:
        return False
    # Whoever comes second with the same code finds the step taken.
    unused = Authenticator.objects.filter(pk=app.pk, last_step__lt=step)
    return bool(unused.update(last_step=step))


def _take_recovery_code(person: User, code: str, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(
        person=person, digest=_digest(person, code), used_at=None
    )
    if not unused.update(used_at=now):
        return False
    note_by(person, "accounts.recovery_code_used", now=now)
    tell(person, Told.FACTORS, now=now)
    return True


@transaction.atomic
def give_recovery_codes(person: User, *, now: datetime) -> tuple[str, ...]:
    """Return ten new codes, shown this once; those from before count no more."""
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            person=person, digest=_digest(person, code.replace("-", "")), made_at=now
        )
        for code in codes
    )
    vouch_for_account(person)
    note_by(person, "accounts.recovery_codes_given", now=now)
    return codes


@transaction.atomic
def remove_app(person: User, *, now: datetime) -> None:
    """
    Take the authenticator away.

    :raises FactorRefused: if it is the last factor and one is a must.
    """
    _check_may_lose(person, len(factors_of(person).passkeys))
    Authenticator.objects.filter(person=person).delete()
    _forget_codes_without_factor(person)
    drop_tokens(person)
    tell(person, Told.FACTORS, now=now)
    note_by(person, "accounts.factor_removed", now=now, detail={"kind": "totp"})


@transaction.atomic
def remove_passkey(person: User, uid: str, *, now: datetime) -> None:
    """
    Take one of the person's passkeys away; nothing happens if it is not theirs.

    :raises FactorRefused: if it is the last factor and one is a must.
    """
    factors = factors_of(person)
    _check_may_lose(person, len(factors.passkeys) - 1 + (factors.app is not None))
    if Passkey.objects.filter(person=person, uid=uid).delete()[0]:
        _forget_codes_without_factor(person)
        drop_tokens(person)
        tell(person, Told.FACTORS, now=now)
        note_by(person, "accounts.factor_removed", now=now, detail={"kind": "passkey"})


@transaction.atomic
def drop_factors(person: User) -> None:
    """Take every factor away; only two administrators together come here."""
    Authenticator.objects.filter(person=person).delete()
    Passkey.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    vouch_for_account(person)


def _check_may_lose(person: User, left: int) -> None:
    if left < 1 and needs_second(person):
        raise FactorRefused(
            _("您的岗位必须有第二重验证：请先加上另一个，再移除这一个。")
        )


def _forget_codes_without_factor(person: User) -> None:
    if not factors_of(person):
        RecoveryCode.objects.filter(person=person).delete()


def _secret_of(app: Authenticator) -> str:
    return open_box(app.uid, app.key).open(app.secret, "totp")


def _digest(person: User, code: str) -> str:
    return keyed_hash("recovery code", f"{person.pk}\n{code}")


def _new_code() -> str:
    drawn = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join(drawn[place : place + 4] for place in (0, 4, 8))
