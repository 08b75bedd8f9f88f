"""Enter who is away when; why is nobody's business here."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.duty.models import Leave
from shuoshi.duty.queries.rosters import unit_on_duty_for
from shuoshi.duty.rules.access import may_plan
from shuoshi.duty.rules.leaves import LONGEST_LEAVE
from shuoshi.org.actions.generation import bump
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


class LeaveRefused(Refused):
    """This leave cannot be entered."""


@transaction.atomic
def enter_leave(
    person_id: int, *, since: date, until: date, by: Standing, now: datetime
) -> Leave:
    """
    Enter days on which a person takes no turn: one's own, or anybody's who plans.

    Turns that lie in it stay until they are swapped or planned anew; the roster says so.

    :raises NotPermitted: for somebody else's leave, unless the person plans.
    :raises LeaveRefused: with the field to blame.
    """
    if person_id != by.person_id and not may_plan(by):
        raise NotPermitted(_("只能登记自己的请假。"))
    if unit_on_duty_for(person_id, mine_id=by.mine_id or 0) is None:
        raise LeaveRefused(_("这个人不轮流值班，不用登记。"), field="person")
    if until < since:
        raise LeaveRefused(_("结束的日子不能早于开始的日子。"), field="until")
    if until < localdate(now):
        raise LeaveRefused(_("这些日子已经过去了。"), field="until")
    if until - since > LONGEST_LEAVE:
        raise LeaveRefused(_("一次最多登记一年。"), field="until")
    leave, _new = Leave.objects.get_or_create(
        mine_id=by.mine_id or 0, person_id=person_id, since=since, until=until
    )
    bump()
    _note("entered", leave, by, now)
    return leave


@transaction.atomic
def take_leave_back(leave_id: int, *, by: Standing, now: datetime) -> None:
    """
    Take a leave back; nothing happens if it is gone.

    :raises NotPermitted: for somebody else's leave, unless the person plans.
    """
    leave = Leave.objects.filter(pk=leave_id, mine_id=by.mine_id or 0).first()
    if leave is None:
        return
    if leave.person_id != by.person_id and not may_plan(by):
        raise NotPermitted(_("只能登记自己的请假。"))
    _note("taken_back", leave, by, now)
    leave.delete()
    bump()


def _note(what: str, leave: Leave, by: Standing, now: datetime) -> None:
    note(
        f"duty.leave_{what}",
        by=by.on_record,
        at=now,
        mine_id=leave.mine_id,
        detail={
            "person": leave.person_id,
            "since": leave.since.isoformat(),
            "until": leave.until.isoformat(),
        },
    )
