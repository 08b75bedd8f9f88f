"""Invite people by a link that works once, and let them set their password by it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import note_by
from shuoshi.accounts.actions.sessions import end_sessions
from shuoshi.accounts.actions.throttling import count_try
from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.accounts.models import Invitation, Purpose, User
from shuoshi.accounts.queries.invitations import (
    house_is_empty,
    invitation_with,
    is_known,
    running_invitations,
)
from shuoshi.accounts.queries.people import token_digest
from shuoshi.accounts.rules.invitations import LASTS, new_half, new_link_part
from shuoshi.accounts.rules.throttles import LINK
from shuoshi.common.refusals import Missing, Refused
from shuoshi.common.sealing import keyed_hash, new_box, open_box


class HalfRefused(Refused):
    """The second half of a reset is not the one that was given out."""


class SetupRefused(Refused):
    """The house is set up already."""


@dataclass(frozen=True)
class Invited:
    """What is shown this once: the link, and the half that goes another way."""

    link_part: str
    half: str
    expires_at: datetime


@transaction.atomic
def invite(person: User, *, by: str, now: datetime) -> Invited:
    """
    Invite somebody who was never here; earlier links of theirs end.

    The half is sealed for another administrator: who makes the link cannot use it alone.

    :raises Refused: if they have a password, a factor or a post, or signed in by the
        company: then it is a reset, which two administrators agree on.
    """
    if is_known(person):
        raise Refused(
            _("这个人已经有岗位、密码或者登录过。请提出重设密码，由两名管理员办理。")
        )
    invited = _make(Purpose.ENTER, person, by=by, now=now, half=new_half())
    made = Invitation.objects.get(digest=token_digest(invited.link_part))
    box = new_box(made.digest)
    Invitation.objects.filter(pk=made.pk).update(
        key=box.wrapped, unread=box.seal(invited.half, "half")
    )
    return replace(invited, half="")


def invite_first(person: User, *, by: str, now: datetime) -> Invited:
    """Give a link without a half, where the house has nobody yet who could pass one on."""
    return _make(Purpose.ENTER, person, by=by, now=now)


@transaction.atomic
def take_half(person: User, *, now: datetime) -> str:
    """
    Return the half of the link that a person was given, this once.

    :raises Missing: if no link of theirs has one that nobody read.
    """
    unread = running_invitations(now=now).filter(person=person).exclude(unread="")
    found = unread.first()
    taken = found and unread.filter(unread=found.unread).update(unread="")
    if found is None or not taken:
        raise Missing(_("没有等着转告的口令，或者已经看过了。"))
    return open_box(found.digest, found.key).open(found.unread, "half")


def invite_to_reset(person: User, *, by: str, now: datetime) -> Invited:
    """Give a link and a half, one for each of the two who agreed; neither is enough."""
    return _make(Purpose.RESET, person, by=by, now=now, half=new_half())


@transaction.atomic
def invite_to_set_up(*, by: str, now: datetime) -> Invited:
    """
    Give the link by which an empty house gets its three administrators.

    :raises SetupRefused: if anybody is there already.
    """
    if not house_is_empty():
        raise SetupRefused(_("这里已经有人了，初次设置只能做一次。"))
    Invitation.objects.filter(purpose=Purpose.FIRST_RUN, ended_at=None).update(
        ended_at=now
    )
    return _make(Purpose.FIRST_RUN, None, by=by, now=now)


def _make(
    purpose: Purpose, person: User | None, *, by: str, now: datetime, half: str = ""
) -> Invited:
    if person is not None:
        Invitation.objects.filter(person=person, ended_at=None).update(ended_at=now)
    link_part = new_link_part()
    Invitation.objects.create(
        purpose=purpose,
        person=person,
        digest=token_digest(link_part),
        half=_half_digest(link_part, half) if half else "",
        made_at=now,
        made_by=by,
        expires_at=now + LASTS,
    )
    return Invited(link_part, half, now + LASTS)


def take_invitation(
    link_part: str, *, password: str, now: datetime, half: str = ""
) -> User:
    """
    Set the password by a link, which ends with it, and end all sessions.

    Not to be called inside a transaction: a refusal must not undo the count.

    :raises Missing: if the link was used, ended or ran out.
    :raises TooOften: if the half was guessed at too often.
    :raises HalfRefused: if the half is wrong.
    """
    found = invitation_with(link_part, now=now)
    if found is None or found.person is None:
        raise Missing(_("这个链接已经用过，或者过期了。请找系统管理员。"))
    if found.half:
        count_try(LINK, str(found.pk), now=found.made_at)
        if found.half != _half_digest(link_part, "".join(half.split())):
            raise HalfRefused(_("口令不对，请向告诉您口令的管理员核对。"), field="half")
    with transaction.atomic():
        end_invitation(found, now=now)
        person = found.person
        person.set_password(password)
        person.save(update_fields=["password"])
        vouch_for_account(person)
        end_sessions(person, now=now, why="invitation")
        note_by(
            person,
            "accounts.invitation_taken",
            now=now,
            detail={"purpose": found.purpose, "made_by": found.made_by},
        )
    return person


def end_invitation(found: Invitation, *, now: datetime) -> None:
    """
    End a link; whoever comes second finds it ended.

    :raises Missing: if it has ended already.
    """
    running = Invitation.objects.filter(pk=found.pk, ended_at=None)
    if not running.update(ended_at=now):
        raise Missing(_("这个链接已经用过，或者过期了。请找系统管理员。"))


def _half_digest(link_part: str, half: str) -> str:
    return keyed_hash("invitation half", f"{link_part}\n{half}")
