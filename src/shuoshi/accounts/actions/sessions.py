"""Begin sessions, keep them, end them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import note_by, tell
from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.accounts.models import Session, Token, Told, User
from shuoshi.accounts.queries.sessions import was_here_before
from shuoshi.accounts.rules.sessions import SEEN_EVERY, How
from shuoshi.common.refusals import Missing


KEPT = timedelta(days=30)


@transaction.atomic
def begin_session(
    person: User,
    *,
    how: How,
    device: str,
    now: datetime,
    second: bool = False,
    known: bool = True,
) -> Session:
    """
    Sign a person in: it is on record, and an unknown device is told to its owner.

    ``second`` says that the second factor was shown.
    """
    if not known and was_here_before(person):
        tell(person, Told.NEW_DEVICE, now=now)
    session = Session.objects.create(
        person=person,
        begun_at=now,
        seen_at=now,
        proved_at=now,
        second_at=now if second else None,
        how=how,
        device=device[:60],
    )
    note_by(
        person,
        "accounts.signed_in",
        now=now,
        detail={"how": how.value, "second": second, "known": known},
    )
    return session


def mark_seen(session: Session, *, now: datetime) -> None:
    """Write down that somebody is there, once a minute at most."""
    if now - session.seen_at < SEEN_EVERY:
        return
    try:
        Session.objects.filter(pk=session.pk, ended_at=None).update(seen_at=now)
    except OperationalError:
        # A disk that cannot be written to ends the session sooner; reading goes on.
        return


def mark_proved(session: Session, *, now: datetime) -> None:
    """Write down that the person has just shown again who they are."""
    Session.objects.filter(pk=session.pk, ended_at=None).update(proved_at=now)
    note_by(session.person, "accounts.proved", now=now)


@transaction.atomic
def end_session(
    uid: UUID, *, of: User, now: datetime, verb: str = "signed_out"
) -> None:
    """
    End one of a person's own sessions; it counts nowhere from now on.

    :raises Missing: if it is not theirs, or has ended.
    """
    ended = Session.objects.filter(pk=uid, person=of, ended_at=None)
    if not ended.update(ended_at=now):
        raise Missing(_("没有这个登录，或者它已经结束。"))
    note_by(of, f"accounts.{verb}", now=now)


@transaction.atomic
def end_sessions(
    person: User,
    *,
    now: datetime,
    but: UUID | None = None,
    why: str = "ended_all",
    by: User | None = None,
) -> int:
    """End all sessions of a person, or all but one, and every token; return how many."""
    running = Session.objects.filter(person=person, ended_at=None)
    if but is not None:
        running = running.exclude(pk=but)
    ended = running.update(ended_at=now) + drop_tokens(person)
    if ended:
        note_by(
            by or person,
            "accounts.sessions_ended",
            now=now,
            detail={"person": person.pk, "why": why, "count": ended},
        )
    return ended


@transaction.atomic
def drop_tokens(person: User) -> int:
    """Delete what programs act by as this person; return how many there were."""
    dropped = Token.objects.filter(person=person).delete()[0]
    vouch_for_account(person)
    return dropped


def sweep_sessions(*, now: datetime) -> int:
    """Delete what ended or ran out long ago; the record remembers."""
    return Session.objects.filter(seen_at__lt=now - KEPT).delete()[0]
