"""What happens at intake besides triage: solved on the spot, declined, merged."""

from datetime import datetime

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.letters import issue_letter
from shuoshi.matters.actions.reply import answer_claims
from shuoshi.matters.actions.windows import may_ask_until
from shuoshi.matters.models import LetterKind, Matter
from shuoshi.matters.queries.people import is_held_by_the_named
from shuoshi.matters.rules.states import ENDED


class MergeRefused(Refused):
    """The two matters cannot be handled as one."""


@effect("solve_on_spot")
def solve_on_spot(change: Change) -> None:
    """Answer every claim at once; who solved it counts as its handler."""
    change.set(
        request_type=change.given["request_type"],
        category=change.given.get("category"),
        handler_id=change.person_id,
    )
    answer_claims(change)


@effect("decline")
def decline(change: Change) -> None:
    """Keep the ground, tell the other road, issue the numbered notice."""
    change.set(ground=change.given["ground"], on_time=_in_time(change))
    change.detail = {"ground": change.given["ground"]}
    change.words = "\n".join([change.given["reason"], change.given["other_road"]])
    change.set(ask_until=may_ask_until(change, "ASK_REVIEW"))
    issue_letter(change.matter, LetterKind.DECLINE, now=change.now)


@effect("merge")
def merge(change: Change) -> None:
    """
    Let an older open matter go on for both; its clock is not touched.

    Who raised this one reads why, and may have the merging reviewed.

    :raises MergeRefused: if the other one is this one, younger, ended or elsewhere, or in
        the hands of whom this one is kept from: the accused would answer the accuser.
    """
    into: Matter = change.given["into"]
    if into.mine_id != change.matter.mine_id:
        raise MergeRefused(_("没有找到这个编号，请核对。"), field="into")
    if into.pk == change.matter.pk:
        raise MergeRefused(_("不能并入自己。"), field="into")
    if into.state in ENDED:
        raise MergeRefused(_("要并入的那一件已经结束。"), field="into")
    # No two are equal, so that even at the same moment no circle can arise.
    if _age(into) > _age(change.matter):
        raise MergeRefused(_("请把后来的并入先来的，期限从先来的算。"), field="into")
    if is_held_by_the_named(change.matter, into):
        raise MergeRefused(
            _("那一件的经手人与这件写明的被反映对象有关，不能并案。"), field="into"
        )
    change.set(merged_into=into, ask_until=may_ask_until(change, "ASK_REVIEW"))
    change.detail = {"into": into.number}
    change.words = change.given["reason"]


def _age(matter: Matter) -> tuple[datetime, int]:
    return matter.received_at, matter.pk


def _in_time(change: Change) -> bool:
    return change.now <= change.matter.answer_due_at
