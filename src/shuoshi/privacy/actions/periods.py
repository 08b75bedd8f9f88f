"""Set for how long a kind of record is kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.common.words import checked_words
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.models import Period
from shuoshi.privacy.rules.access import may_keep
from shuoshi.privacy.rules.kinds import MOST_MONTHS, Kept, fewest_months
from shuoshi.privacy.rules.purposes import Fate
from shuoshi.trail.actions import note


@transaction.atomic
def set_period(
    kind: str, *, months: int, ground: str, fate: str, by: Standing, now: datetime
) -> Period:
    """
    Set the period of one kind, with the ground on which it rests.

    :raises NotPermitted: if this person does not look after the periods.
    :raises Refused: if the period is shorter than the law allows, or absurd.
    :raises WordsRefused: if no ground is given.
    """
    if not may_keep(by) or by.mine_id is None:
        raise NotPermitted(_("只有统筹人员和安全管理员可以改保存期限。"))
    if kind not in Kept.values or fate not in Fate.values:
        raise Refused(_("没有这种记录。"))
    if fate == Fate.RESTRICT and kind != Kept.SPEAKER:
        raise Refused(_("只有说事人身份可以封存，其他的到期清除。"), field="fate")
    fewest = fewest_months(kind)
    if not fewest <= months <= MOST_MONTHS:
        raise Refused(
            _("保存期限请写%(fewest)d到%(most)d个月。")
            % {"fewest": fewest, "most": MOST_MONTHS},
            field="months",
        )
    ground = checked_words(ground, most=200, field="ground")
    period, _made = Period.objects.update_or_create(
        mine_id=by.mine_id,
        kind=kind,
        defaults={
            "months": months,
            "ground": ground,
            "fate": fate,
            "set_by": by.on_record,
            "set_at": now,
        },
    )
    note(
        "privacy.period_set",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"kind": kind, "months": months, "fate": fate},
    )
    return period
