"""The duty sheet: who receives today, and the seal of the day before, for the wall."""

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shuoshi.common.refusals import NotPermitted
from shuoshi.duty.queries.turns import on_duty
from shuoshi.matters.rules.access import may_print_duty
from shuoshi.matters.views.desk import DeskRequest, at_work
from shuoshi.trail.queries import seal_before


@at_work
@require_safe
def duty_sheet(request: DeskRequest) -> HttpResponse:
    desk = request.desk
    if not may_print_duty(desk.standing):
        raise NotPermitted(_("值班单由接待人员和统筹人员打印。"))
    today = localdate(desk.now)
    seal = seal_before(today)
    code = segno.make(f"shuoshi {seal.day} {seal.hash}", error="m") if seal else None
    context = {
        "today": today,
        "turns": on_duty(mine_id=desk.standing.mine_id or 0, day=today),
        "seal": seal,
        "groups": [seal.hash[at : at + 4] for at in range(0, 64, 4)] if seal else [],
        "qr": code.svg_data_uri(border=2, omitsize=True) if code else "",
    }
    return render(request, "matters/duty_sheet.html", context)
