"""Let one administrator ask and another confirm: resets, grave grants, break-glass."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.factors import drop_factors
from shuoshi.accounts.actions.invitations import Invited, invite_to_reset
from shuoshi.accounts.actions.record import tell
from shuoshi.accounts.actions.sessions import end_sessions
from shuoshi.accounts.actions.signing_in import forgive
from shuoshi.accounts.models import Told, User
from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.common.sealing import new_box, open_box
from shuoshi.common.words import checked_words
from shuoshi.org.actions.posts import give_post, put_on_record, take_post
from shuoshi.org.models import Post, Proposal, Unit
from shuoshi.org.queries.people import people_holding
from shuoshi.org.queries.proposals import stand_ins_over, waiting_proposals
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.proposals import (
    RESETTING,
    ROWS,
    ProposalKind,
    ProposalRefused,
    check_proposal,
    check_role,
    may_confirm,
)
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import CLOCK, Standing


LONGEST_REASON = 500


@transaction.atomic
def propose(
    kind: ProposalKind,
    person: User,
    *,
    reason: str,
    by: Standing,
    now: datetime,
    role: str = "",
    unit: Unit | None = None,
    title: str = "",
    hours: int | None = None,
) -> Proposal:
    """
    Ask for what takes two; break-glass is announced to the auditors at once.

    :raises NotPermitted: unless the post asks for this kind.
    :raises ProposalRefused: if it does not fit the person, the role or the mine.
    """
    held = standing_of(person)
    check_proposal(by, kind, person_id=person.pk, held=held.roles)
    check_role(kind, role, hours)
    if held.mine_id not in {None, by.mine_id}:
        raise ProposalRefused(_("这个人不在本矿。"))
    if ROWS[kind].names_role and kind is not ProposalKind.RELIEVE:
        _check_unit(unit, by)
    proposal = Proposal(
        mine_id=by.mine_id or 0,
        kind=kind,
        person=person,
        role=role if ROWS[kind].names_role else "",
        unit=unit,
        title=title,
        hours=hours,
        asked_by_id=by.person_id or 0,
        asked_at=now,
    )
    box = new_box(proposal.uid)
    words = checked_words(reason, most=LONGEST_REASON, field="reason")
    proposal.key, proposal.reason = box.wrapped, box.seal(words, "reason")
    proposal.save(force_insert=True)
    _put_on_record(proposal, "asked", by, now)
    return proposal


@transaction.atomic
def confirm(proposal: Proposal, *, by: Standing, now: datetime) -> Invited | None:
    """
    Agree, and let it happen. A reset gives the link, without its half.

    :raises NotPermitted: unless by another administrator who confirms this kind.
    :raises Outdated: if it was decided, or nobody confirmed it within a day.
    """
    _decide(proposal, by=by, now=now, confirmed=True)
    kind, person = ProposalKind(proposal.kind), proposal.person
    invited = None
    if kind is ProposalKind.RESTORE:
        drop_factors(person)
        end_sessions(person, now=now, why="restored", by=User(pk=by.person_id))
    if kind in RESETTING:
        invited = _reset(proposal, by, now)
    if kind in {ProposalKind.GRANT, ProposalKind.STAND_IN}:
        _give(proposal, by, now)
    if kind is ProposalKind.RELIEVE:
        for post in Post.objects.filter(
            person=person, role=proposal.role, mine=proposal.mine, ended_on=None
        ):
            take_post(post, by=by, now=now)
    if kind is ProposalKind.UNLOCK:
        forgive(person)
    _put_on_record(proposal, "confirmed", by, now)
    return invited


@transaction.atomic
def decline(proposal: Proposal, *, by: Standing, now: datetime) -> None:
    """
    Say no; nothing happens.

    :raises NotPermitted: unless by another administrator who could confirm it.
    :raises Outdated: if it was decided, or ran out.
    """
    _decide(proposal, by=by, now=now, confirmed=False)
    _put_on_record(proposal, "declined", by, now)


@transaction.atomic
def read_half(proposal: Proposal, *, by: Standing, now: datetime) -> str:
    """
    Return the half that goes another way than the link, to who asked, this once.

    :raises NotPermitted: to anybody else.
    :raises Outdated: if it was read already.
    """
    if by.person_id != proposal.asked_by_id:
        raise NotPermitted(_("口令只给提出的人看。"))
    sealed = proposal.half
    unread = Proposal.objects.filter(pk=proposal.pk, half=sealed).exclude(half="")
    if not unread.update(half=""):
        raise Outdated(_("口令已经看过了，只显示一次。"))
    put_on_record(by, "org.half_read", now=now, proposal=str(proposal.pk))
    return open_box(proposal.uid, proposal.key).open(sealed, "half")


@transaction.atomic
def end_stand_ins(*, now: datetime) -> int:
    """End the posts of those whose hours are over; return how many."""
    over = list(stand_ins_over(now=now))
    for proposal in over:
        Proposal.objects.filter(pk=proposal.pk).update(ended_at=now)
        if proposal.post is not None and proposal.post.ended_on is None:
            take_post(proposal.post, by=CLOCK, now=now)
        _put_on_record(proposal, "ended", CLOCK, now)
    return len(over)


def _check_unit(unit: Unit | None, by: Standing) -> None:
    if unit is None or unit.mine_id != by.mine_id:
        raise ProposalRefused(_("请选一个本矿的单位。"), field="unit")


def _decide(
    proposal: Proposal, *, by: Standing, now: datetime, confirmed: bool
) -> None:
    allowed = by.mine_id == proposal.mine_id and may_confirm(
        by,
        ProposalKind(proposal.kind),
        asked_by=proposal.asked_by_id,
        person_id=proposal.person_id,
    )
    if not allowed:
        raise NotPermitted(_("要由另一名管理员确认。"))
    waiting = waiting_proposals(now=now).filter(pk=proposal.pk)
    if not waiting.update(decided_by=by.person_id, decided_at=now, confirmed=confirmed):
        raise Outdated(_("这一条已经有人处理，或者过了一天没有确认。"))


def _reset(proposal: Proposal, by: Standing, now: datetime) -> Invited:
    invited = invite_to_reset(proposal.person, by=by.on_record, now=now)
    box = open_box(proposal.uid, proposal.key)
    Proposal.objects.filter(pk=proposal.pk).update(half=box.seal(invited.half, "half"))
    restored = proposal.kind == ProposalKind.RESTORE
    tell(proposal.person, Told.RESTORED if restored else Told.RESET, now=now)
    # The half is for who asked alone.
    return Invited(invited.link_part, "", invited.expires_at)


def _give(proposal: Proposal, by: Standing, now: datetime) -> None:
    if proposal.unit is None:  # pragma: no cover - checked when it was asked
        raise ProposalRefused(_("请选一个本矿的单位。"), field="unit")
    post = give_post(
        proposal.person,
        role=Role(proposal.role),
        unit=proposal.unit,
        title=proposal.title,
        by=by,
        now=now,
    )
    if proposal.kind == ProposalKind.STAND_IN:
        Proposal.objects.filter(pk=proposal.pk).update(
            post=post, until=now + timedelta(hours=proposal.hours or 0)
        )


def _put_on_record(proposal: Proposal, what: str, by: Standing, now: datetime) -> None:
    glass = ROWS[ProposalKind(proposal.kind)].breaks_glass
    detail = {"kind": proposal.kind, "person": proposal.person_id}
    if proposal.role:
        detail["role"] = proposal.role
    actor = by if by.mine_id else Standing(kind=by.kind, mine_id=proposal.mine_id)
    verb = f"org.{'break_glass' if glass else 'proposal'}_{what}"
    put_on_record(actor, verb, now=now, proposal=str(proposal.pk), **detail)
    if glass:
        for auditor in people_holding([Role.AUDITOR], mine_id=proposal.mine_id):
            tell(auditor, Told.BREAK_GLASS, now=now)
