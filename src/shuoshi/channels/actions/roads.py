"""Close a road into the talk room, or open it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.channels.models import RoadSwitch
from shuoshi.channels.queries.roads import road_is_open
from shuoshi.channels.rules.roads import RoadShut, may_switch
from shuoshi.common.refusals import NotPermitted
from shuoshi.org.actions.generation import bump
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


@transaction.atomic
def switch_road(road: str, *, is_open: bool, by: Standing, now: datetime) -> None:
    """
    Open or close a road of the person's mine; what was said on it goes on.

    :raises NotPermitted: unless the person coordinates here.
    """
    if not may_switch(by) or by.mine_id is None:
        raise NotPermitted(_("说事渠道由统筹人员开关。"))
    RoadSwitch.objects.update_or_create(
        mine_id=by.mine_id,
        road=road,
        defaults={
            "is_open": is_open,
            "changed_at": now,
            "changed_by_id": by.person_id or 0,
        },
    )
    bump()
    note(
        "channels.road_opened" if is_open else "channels.road_closed",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"road": road},
    )


def require_open(road: str, *, mine_id: int) -> None:
    """
    Let pass who speaks on an open road.

    :raises RoadShut: if it is closed.
    """
    if not road_is_open(road, mine_id=mine_id):
        raise RoadShut
