"""Who is signed in where."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from shuoshi.accounts.models import Session, Telling, User
from shuoshi.accounts.rules.sessions import SessionLimits


def session_limits() -> SessionLimits:
    """Return the limits of this house."""
    limits: SessionLimits = settings.SHUOSHI_SESSION_LIMITS
    return limits


def running_session(uid: str | UUID, *, now: datetime) -> Session | None:
    """Return the session with its person, none once it ended or ran out (one query)."""
    unseen = Telling.objects.filter(person=OuterRef("person"), seen_at=None)
    found = (
        Session.objects.select_related("person")
        .filter(uid=uid, ended_at=None, person__is_active=True)
        # Asked along with it, so that a page with nothing to tell asks no more.
        .annotate(has_untold=Exists(unseen))
        .first()
    )
    return None if found is None or session_limits().are_over(found, now) else found


def sessions_of(person: User, *, now: datetime) -> QuerySet[Session]:
    """Return where a person is signed in now, the latest seen first."""
    limits = session_limits()
    return Session.objects.filter(
        person=person,
        ended_at=None,
        seen_at__gte=now - limits.idle,
        begun_at__gte=now - limits.whole,
    ).order_by("-seen_at")


def was_here_before(person: User) -> bool:
    return Session.objects.filter(person=person).exists()
