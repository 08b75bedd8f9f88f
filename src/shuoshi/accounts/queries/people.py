"""Find people and whom a token stands for."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from shuoshi.accounts.models import Token, User


def token_digest(token: str) -> str:
    """Return what is kept of a token; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_with_token(token: str, *, now: datetime) -> User | None:
    """Return the active person for whom the token stands, none if it has run out."""
    found = (
        Token.objects.select_related("person")
        .filter(digest=token_digest(token), expires_at__gt=now, person__is_active=True)
        .first()
    )
    return found.person if found else None


def person_named(username: str) -> User | None:
    return User.objects.filter(username=username, is_active=True).first()


def tokens_of(person: User, *, now: datetime) -> QuerySet[Token]:
    """Return the tokens with which programs act as a person, the newest first."""
    return Token.objects.filter(person=person, expires_at__gt=now).order_by("-pk")


def person_numbered(person_id: int) -> User | None:
    return User.objects.filter(pk=person_id, is_active=True).first()
