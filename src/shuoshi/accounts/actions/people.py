"""Enter people, and give and withdraw their tokens."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from shuoshi.accounts.models import Token, User
from shuoshi.accounts.queries.people import token_digest


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


def change_password(person: User, *, password: str) -> None:
    """Set a new password. Everything signed in elsewhere is signed out by it."""
    person.set_password(password)
    person.save(update_fields=["password"])


def give_token(person: User, *, purpose: str, now: datetime) -> tuple[str, datetime]:
    """Return a new token, shown this once, and when it runs out (90 days)."""
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(days=TOKEN_DAYS)
    Token.objects.create(
        person=person,
        digest=token_digest(token),
        purpose=purpose[:100],
        created_at=now,
        expires_at=expires,
    )
    return token, expires
