"""Enter people, and give and withdraw their tokens."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import note_by, on_record
from shuoshi.accounts.actions.sessions import end_sessions
from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.accounts.models import Token, User
from shuoshi.accounts.queries.belonging import belonging_of
from shuoshi.accounts.queries.people import token_digest
from shuoshi.accounts.rules.vouching import DEACTIVATED
from shuoshi.common.refusals import Missing
from shuoshi.trail.actions import note


TOKEN_DAYS = 90
USED_EVERY = timedelta(hours=1)


@transaction.atomic
def enter_person(
    username: str, *, name: str, password: str | None, phone: str = ""
) -> User:
    """Enter a person who may sign in; without a password they cannot until they get one."""
    person = User(username=username, name=name, phone=phone)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    vouch_for_account(person)
    return person


@transaction.atomic
def change_password(
    person: User, *, password: str, now: datetime, here: UUID | None = None
) -> None:
    """Set a new password. Everything signed in elsewhere is signed out by it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    vouch_for_account(person)
    note_by(person, "accounts.password_changed", now=now)
    end_sessions(person, now=now, but=here, why="password")


@transaction.atomic
def deactivate(person: User, *, by: User, now: datetime) -> None:
    """Let a person sign in no more; what is signed in ends at once, tokens too."""
    User.objects.filter(pk=person.pk).update(is_active=False)
    vouch_for_account(person)
    end_sessions(person, now=now, why="deactivated", by=by)
    note_by(by, DEACTIVATED, now=now, detail={"person": person.pk})


@transaction.atomic
def give_token(
    person: User, *, purpose: str, now: datetime, second: bool = False
) -> tuple[str, datetime]:
    """
    Return a new token, shown this once, and when it runs out (90 days, 14 unused).

    ``second`` says that the second factor was shown for it.
    """
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(days=TOKEN_DAYS)
    made = Token.objects.create(
        person=person,
        digest=token_digest(token),
        purpose=purpose[:100],
        created_at=now,
        expires_at=expires,
        second=second,
    )
    vouch_for_account(person)
    note(
        "accounts.token_given",
        by=on_record(person),
        at=now,
        mine_id=belonging_of(person).mine_id,
        detail={"token": made.pk, "person": person.pk},
    )
    return token, expires


def mark_used(token: Token, *, now: datetime) -> None:
    """Write down that a token was used, once an hour at most."""
    if token.used_at is not None and now - token.used_at < USED_EVERY:
        return
    try:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    except OperationalError:
        # A disk that cannot be written to ends the token sooner; reading goes on.
        return


@transaction.atomic
def withdraw_token(person: User, token_id: int, *, now: datetime) -> None:
    """
    Withdraw one of a person's own tokens.

    :raises Missing: if it is not theirs.
    """
    if not Token.objects.filter(pk=token_id, person=person).delete()[0]:
        raise Missing(_("没有这个令牌，或者它已经撤销。"))
    vouch_for_account(person)
    note_by(person, "accounts.token_withdrawn", now=now, detail={"token": token_id})
