"""Find people and whom a token stands for."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from shuoshi.accounts.models import Token, User
from shuoshi.accounts.queries.belonging import needs_second


# A token that nobody used for so long ends by itself.
UNUSED: Final = timedelta(days=14)


def token_digest(token: str) -> str:
    """Return what is kept of a token; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def running_token(token: str, *, now: datetime) -> Token | None:
    """
    Return the token with its person, none if it ran out, or lay unused for two weeks.

    Nor if it was given without the second factor that the person's posts demand now.
    """
    found = (
        _running(now)
        .select_related("person")
        .filter(digest=token_digest(token), person__is_active=True)
        .first()
    )
    if found is None or (not found.second and needs_second(found.person)):
        return None
    return found


def person_named(username: str) -> User | None:
    return User.objects.filter(username=username, is_active=True).first()


def tokens_of(person: User, *, now: datetime) -> QuerySet[Token]:
    """Return the tokens with which programs act as a person, the newest first."""
    return _running(now).filter(person=person).order_by("-pk")


def _running(now: datetime) -> QuerySet[Token]:
    used_at = Coalesce("used_at", "created_at")
    return Token.objects.annotate(last=used_at).filter(
        expires_at__gt=now, last__gt=now - UNUSED
    )


def person_numbered(person_id: int) -> User | None:
    return User.objects.filter(pk=person_id, is_active=True).first()
