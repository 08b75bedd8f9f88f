"""Show what a run would erase, have it confirmed, and do exactly that."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.keys.actions.erasing import erase
from shuoshi.matters.actions.speakers import restrict_speaker
from shuoshi.matters.models import Speaker
from shuoshi.notices.models import Notice
from shuoshi.org.rules.standing import CLOCK, Standing
from shuoshi.privacy.models import RetentionPlan
from shuoshi.privacy.queries.retention import plans_in
from shuoshi.privacy.rules.access import may_keep
from shuoshi.privacy.rules.kinds import Kept
from shuoshi.privacy.rules.purposes import Fate
from shuoshi.rights.queries.due import Due, digest_of, due_in
from shuoshi.trail.actions import note


WHY = "retention"


class PlanChanged(Outdated):
    """What is due is no longer what was shown."""


@transaction.atomic
def make_plan(mine_id: int, *, by: Standing, now: datetime) -> RetentionPlan:
    """
    Reckon what a run would do, and keep it to be confirmed. Nothing is erased.

    :raises NotPermitted: if this person does not look after the periods.
    """
    if by is not CLOCK and (not may_keep(by) or by.mine_id != mine_id):
        raise NotPermitted(_("只有统筹人员和安全管理员可以看保存期限。"))
    due = due_in(mine_id, until=now)
    # The one before was made from older rows: only the newest can be confirmed.
    open_plans = plans_in(mine_id).filter(confirmed_at=None, done_at=None)
    open_plans.update(outdated=True)
    return RetentionPlan.objects.create(
        mine_id=mine_id,
        made_at=now,
        made_by=by.on_record,
        until=now,
        digest=digest_of(due),
        lines=[one.as_line() for one in due],
    )


@transaction.atomic
def confirm_plan(
    plan: RetentionPlan, digest: str, *, by: Standing, now: datetime
) -> RetentionPlan:
    """
    Confirm a plan as it was shown; the worker then carries it out.

    :raises NotPermitted: if this person does not look after the periods.
    :raises PlanChanged: if another plan took its place, or it was confirmed already.
    :raises Refused: if nothing would happen.
    """
    if not may_keep(by) or by.mine_id != plan.mine_id:
        raise NotPermitted(_("只有统筹人员和安全管理员可以确认清除。"))
    if not any(line["count"] for line in plan.lines):
        raise Refused(_("没有到期的记录，不用确认。"))
    waiting = RetentionPlan.objects.filter(
        pk=plan.pk, digest=digest, confirmed_at=None, done_at=None, outdated=False
    )
    if not waiting.update(confirmed_at=now, confirmed_by=by.on_record):
        raise PlanChanged(_("这份清单已经过时或者已经确认，请看最新的一份。"))
    plan.refresh_from_db()
    _note("confirmed", plan, by=by.on_record, now=now)
    return plan


def carry_out(plan: RetentionPlan, *, now: datetime) -> RetentionPlan:
    """
    Do what was shown and confirmed, all of it or nothing.

    :raises PlanChanged: if nobody confirmed it, it was done, or other rows are due by
        now; then nothing is erased, and the plan is marked as outdated.
    """
    due = due_in(plan.mine_id, until=plan.until)
    if digest_of(due) != plan.digest:
        RetentionPlan.objects.filter(pk=plan.pk, done_at=None).update(outdated=True)
        _note("outdated", plan, by=str(CLOCK.on_record), now=now)
        raise PlanChanged(_("到期的记录和确认时看到的不一样了，没有清除，请重新确认。"))
    with transaction.atomic():
        mine = RetentionPlan.objects.filter(
            pk=plan.pk, confirmed_at__isnull=False, done_at=None, outdated=False
        )
        if not mine.update(done_at=now):
            raise PlanChanged(_("这份清单没有确认过，或者已经做过。"))
        for one in due:
            _DO[one.period.kind](one, plan.confirmed_by, now)
        _note("carried_out", plan, by=plan.confirmed_by, now=now)
    plan.refresh_from_db()
    return plan


def _speakers(due: Due, by: str, now: datetime) -> None:
    if due.period.fate == Fate.RESTRICT:
        speakers = Speaker.objects.filter(pk__in=list(due.ids()))
        for speaker in speakers.select_related("matter"):
            restrict_speaker(speaker.matter, by=by, now=now)
        return
    for row in list(due.ids()):
        erase("matters.Speaker", row, by=by, now=now, why=WHY)


def _files(due: Due, by: str, now: datetime) -> None:
    for row in list(due.ids()):
        erase("files.Attachment", row, by=by, now=now, why=WHY)


def _requests(due: Due, by: str, now: datetime) -> None:
    for row in list(due.ids()):
        erase("privacy.RightsRequest", row, by=by, now=now, why=WHY)


def _notices(due: Due, _by: str, _now: datetime) -> None:
    Notice.objects.filter(pk__in=list(due.ids())).delete()


_DO: dict[str, Callable[[Due, str, datetime], None]] = {
    Kept.SPEAKER: _speakers,
    Kept.FILES: _files,
    Kept.NOTICES: _notices,
    Kept.REQUESTS: _requests,
}


def _note(what: str, plan: RetentionPlan, *, by: str, now: datetime) -> None:
    counts: dict[str, Any] = {line["kind"]: line["count"] for line in plan.lines}
    note(
        f"rights.retention_{what}",
        by=by,
        at=now,
        mine_id=plan.mine_id,
        detail={"plan": str(plan.uid), "digest": plan.digest, "counts": counts},
    )
