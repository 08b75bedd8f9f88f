"""One-time links that still hold."""

from datetime import datetime

from django.db.models import QuerySet

from shuoshi.accounts.models import Invitation, User
from shuoshi.accounts.queries.people import token_digest


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


def house_is_empty() -> bool:
    """True until the first person is entered: then the house is set up by link."""
    return not User.objects.exists()
