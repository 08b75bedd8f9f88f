"""One-time links that still hold."""

from datetime import datetime

from django.db.models import QuerySet

from shuoshi.accounts.models import Invitation, User
from shuoshi.accounts.queries.belonging import belonging_of
from shuoshi.accounts.queries.factors import factors_of
from shuoshi.accounts.queries.people import token_digest
from shuoshi.accounts.queries.sessions import was_here_before


def running_invitations(*, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(ended_at=None, expires_at__gt=now)


def invitation_with(link_part: str, *, now: datetime) -> Invitation | None:
    """Return the invitation behind a link, none if it was used, ended or ran out."""
    return (
        running_invitations(now=now)
        .select_related("person")
        .filter(digest=token_digest(link_part))
        .exclude(person__is_active=False)
        .first()
    )


def is_known(person: User) -> bool:
    """True for who holds a post, or could be signed in already: a link would be a take-over."""
    return (
        person.has_usable_password()
        or belonging_of(person).holds_post
        or bool(factors_of(person))
        or was_here_before(person)
    )


def half_waits_for(person: User, *, now: datetime) -> bool:
    """True where the half of a person's link has not been read yet."""
    waiting = running_invitations(now=now).filter(person=person)
    return waiting.exclude(unread="").exists()


def house_is_empty() -> bool:
    """True until the first person is entered: then the house is set up by link."""
    return not User.objects.exists()
