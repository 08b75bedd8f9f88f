"""The second factors that people have."""

from dataclasses import dataclass

from django.db.models import QuerySet

from shuoshi.accounts.models import Authenticator, Passkey, RecoveryCode, User


@dataclass(frozen=True)
class Factors:
    """What a person can show beside the password."""

    app: Authenticator | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    def __bool__(self) -> bool:
        """True if there is any; codes on paper alone are none."""
        return self.app is not None or bool(self.passkeys)


def factors_of(person: User) -> Factors:
    """Return the confirmed factors of a person."""
    return Factors(
        app=Authenticator.objects.filter(person=person)
        .exclude(confirmed_at=None)
        .first(),
        passkeys=tuple(passkeys_of(person)),
        codes_left=RecoveryCode.objects.filter(person=person, used_at=None).count(),
    )


def passkeys_of(person: User) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person=person).order_by("made_at")


def passkey_called(credential: str) -> Passkey | None:
    """Return the passkey of an active person under the name that the device gave it."""
    return (
        Passkey.objects.select_related("person")
        .filter(credential=credential, person__is_active=True)
        .first()
    )


def unconfirmed_app(person: User) -> Authenticator | None:
    return Authenticator.objects.filter(person=person, confirmed_at=None).first()
