"""Say when the leaders' open days recur."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import OpenDayRule
from shuoshi.reception.rules.access import may_plan_open_days
from shuoshi.reception.rules.open_day_rules import Ruled, check_rule
from shuoshi.trail.actions import note


@transaction.atomic
def set_open_day_rule(ruled: Ruled, *, by: Standing, now: datetime) -> None:
    """
    Keep the rule for what is planned from now on; days that are planned stay.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises RuleRefused: where nobody could be received by it.
    """
    if not may_plan_open_days(by) or by.mine_id is None:
        raise NotPermitted(_("民主接待日由统筹人员安排。"))
    check_rule(ruled)
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
