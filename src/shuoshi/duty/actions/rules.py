"""Say how the roster is to be made."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.duty.actions.turns import require_planner
from shuoshi.duty.models import RosterRule
from shuoshi.duty.queries.rosters import departments_of
from shuoshi.duty.rules.rosters import MOST_A_DAY
from shuoshi.org.actions.generation import bump
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


class RuleRefused(Refused):
    """No roster can be made like this."""


@transaction.atomic
def set_rule(
    *,
    per_day: int,
    apart: bool,
    opens_at: time,
    first_id: int | None,
    by: Standing,
    now: datetime,
) -> RosterRule:
    """
    Keep how many are on duty a day, whether never twice in a row, when the room opens.

    ``first_id`` is the department that begins the rotation; the others follow it in the
    order in which they stood.

    :raises NotPermitted: unless the person plans the roster.
    :raises RuleRefused: for more a day than there can be.
    """
    require_planner(by)
    if not 1 <= per_day <= MOST_A_DAY:
        raise RuleRefused(
            _("每天 1 到 %(most)d 人。") % {"most": MOST_A_DAY}, field="per_day"
        )
    order = [unit.pk for unit in departments_of(by.mine_id or 0)]
    if first_id in order:
        place = order.index(first_id)
        order = order[place:] + order[:place]
    rule, _new = RosterRule.objects.update_or_create(
        mine_id=by.mine_id or 0,
        defaults={
            "per_day": per_day,
            "apart": apart,
            "opens_at": opens_at,
            "order": order,
        },
    )
    bump()
    note(
        "duty.rule_set",
        by=by.on_record,
        at=now,
        mine_id=rule.mine_id,
        detail={"per_day": per_day, "apart": apart, "order": order},
    )
    return rule
