"""What administrators ask of each other."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from shuoshi.common.sealing import open_box
from shuoshi.org.models import Proposal
from shuoshi.org.rules.proposals import WAITS, ProposalKind
from shuoshi.org.rules.roles import ADMINISTRATORS


if TYPE_CHECKING:
    from shuoshi.org.rules.standing import Standing


def proposals_seen_by(person: "Standing") -> QuerySet[Proposal]:
    """Return the proposals of the mine, the newest first; none for whoever runs nothing."""
    if not person.is_any(*ADMINISTRATORS):
        return Proposal.objects.none()
    return (
        Proposal.objects.filter(mine_id=person.mine_id or 0)
        .select_related("person", "asked_by", "decided_by", "unit")
        .order_by("-asked_at")
    )


def proposal_seen_by(person: "Standing", uid: UUID) -> Proposal | None:
    return proposals_seen_by(person).filter(pk=uid).first()


def waiting_proposals(*, now: datetime) -> QuerySet[Proposal]:
    """Return what was asked within the day and not decided."""
    return Proposal.objects.filter(decided_at=None, asked_at__gt=now - WAITS)


def stand_ins_over(*, now: datetime) -> QuerySet[Proposal]:
    """Return the stand-ins whose hours are over and whose post is not."""
    return Proposal.objects.filter(
        kind=ProposalKind.STAND_IN, confirmed=True, ended_at=None, until__lte=now
    ).select_related("post", "person")


def reason_of(proposal: Proposal) -> str:
    """
    Return why it was asked.

    :raises SealErased: if it was erased.
    """
    return open_box(proposal.uid, proposal.key).open(proposal.reason, "reason")
