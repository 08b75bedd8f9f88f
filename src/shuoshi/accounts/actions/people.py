"""Enter people, and give and withdraw their tokens."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import note_by, on_record
from shuoshi.accounts.actions.sessions import end_sessions
from shuoshi.accounts.models import Token, User
from shuoshi.accounts.queries.belonging import belonging_of
from shuoshi.accounts.queries.people import token_digest
from shuoshi.common.refusals import Missing
from shuoshi.trail.actions import note


TOKEN_DAYS = 90


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
    return person


@transaction.atomic
def change_password(
    person: User, *, password: str, now: datetime, here: UUID | None = None
) -> None:
    """Set a new password. Everything signed in elsewhere is signed out by it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    note_by(person, "accounts.password_changed", now=now)
    end_sessions(person, now=now, but=here, why="password")


@transaction.atomic
def deactivate(person: User, *, by: User, now: datetime) -> None:
    """Let a person sign in no more; what is signed in ends at once, tokens too."""
    User.objects.filter(pk=person.pk).update(is_active=False)
    Token.objects.filter(person=person).delete()
    end_sessions(person, now=now, why="deactivated", by=by)
    note_by(by, "accounts.deactivated", now=now, detail={"person": person.pk})


@transaction.atomic
def give_token(
    person: User, *, purpose: str, now: datetime, by: str = ""
) -> tuple[str, datetime]:
    """
    Return a new token, shown this once, and when it runs out (90 days).

    ``by`` is who gave it, as the record names them, if not the person.
    """
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(days=TOKEN_DAYS)
    made = Token.objects.create(
        person=person,
        digest=token_digest(token),
        purpose=purpose[:100],
        created_at=now,
        expires_at=expires,
    )
    note(
        "accounts.token_given",
        by=by or on_record(person),
        at=now,
        mine_id=belonging_of(person).mine_id,
        detail={"token": made.pk, "person": person.pk},
    )
    return token, expires


@transaction.atomic
def withdraw_token(person: User, token_id: int, *, now: datetime) -> None:
    """
    Withdraw one of a person's own tokens.

    :raises Missing: if it is not theirs.
    """
    if not Token.objects.filter(pk=token_id, person=person).delete()[0]:
        raise Missing(_("没有这个令牌，或者它已经撤销。"))
    note_by(person, "accounts.token_withdrawn", now=now, detail={"token": token_id})
