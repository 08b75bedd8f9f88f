"""Say when the leaders' open days recur."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.org.models import Mine
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import OpenDayRule
from shuoshi.reception.queries.open_days import open_day_rule_of
from shuoshi.reception.rules.access import may_plan_open_days
from shuoshi.reception.rules.open_day_rules import Ruled, check_rule, mark_of
from shuoshi.trail.actions import note


@transaction.atomic
def set_open_day_rule(
    ruled: Ruled, *, instead_of: str, by: Standing, now: datetime
) -> None:
    """
    Keep the rule for what is planned from now on; days that are planned stay.

    ``instead_of`` is the mark of the rule that the person saw.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises Outdated: if another rule holds meanwhile; it stays.
    :raises RuleRefused: where nobody could be received by it.
    """
    if not may_plan_open_days(by) or by.mine_id is None:
        raise NotPermitted(_("民主接待日由统筹人员安排。"))
    check_rule(ruled)
    # Two who save at once come one after the other, even where there is no rule yet.
    Mine.objects.select_for_update(no_key=True).get(pk=by.mine_id)
    if mark_of(open_day_rule_of(by.mine_id)) != instead_of:
        raise Outdated(
            _("刚才有人改过规则，旁边是现在的日子。看过以后再按保存，就照您写的。")
        )
    OpenDayRule.objects.update_or_create(mine_id=by.mine_id, defaults=asdict(ruled))
    note(
        "reception.open_day_rule_set",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={
            "recurrence": ruled.recurrence,
            "fallback": str(ruled.fallback),
            "announce_days": ruled.announce_days,
        },
    )
