"""The desk's home: what waits for me; and the four zones with what lies there."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shuoshi.common.frame import Link
from shuoshi.matters.queries.committee import has_no_key
from shuoshi.matters.queries.frame import DESK_ZONES
from shuoshi.matters.queries.keyset import place_in
from shuoshi.matters.queries.workbench import workbench_of
from shuoshi.matters.queries.zones import zone_page
from shuoshi.matters.rules.access import may_register
from shuoshi.matters.rules.committee import holds_the_seal
from shuoshi.matters.rules.states import Zone
from shuoshi.matters.views.desk import DeskRequest, at_desk, at_work


_EMPTY = {
    Zone.INTAKE: _("刚收到、还没有分办的事会出现在这里。"),
    Zone.TRIAGE: _("已经分给单位、等着签收的事会出现在这里。"),
    Zone.DELIBERATION: _("正在议的、正在复查复核的事会出现在这里。"),
    Zone.HANDLING: _("单位正在办的事会出现在这里。"),
    Zone.REPLY: _("已经答复、等说事人评价的事会出现在这里。"),
}


@at_desk
@require_safe
def workbench(request: DeskRequest) -> HttpResponse:
    desk = request.desk
    if not desk.is_at_work:
        return render(request, "matters/idle.html", {"roles": desk.standing.roles})
    context = {
        "lines": workbench_of(desk.standing, desk.faces),
        "may_register": may_register(desk.standing),
        "founds_key": holds_the_seal(desk.standing)
        and has_no_key(desk.standing.mine_id or 0),
    }
    return render(request, "matters/workbench.html", context)


@at_work
@require_safe
def zone(request: DeskRequest, name: str) -> HttpResponse:
    found = next((one for one in DESK_ZONES if one.lower() == name), None)
    if found is None:
        raise Http404
    desk, mine_only = request.desk, "mine" in request.GET
    shown = zone_page(
        desk.standing, found, desk.faces, place_in(request.GET), mine_only=mine_only
    )
    tabs = [
        Link(str(_("全部")), request.path, current=not mine_only),
        Link(str(_("我负责的")), f"{request.path}?mine=on", current=mine_only),
    ]
    context = {"zone": found, "shown": shown, "text": _EMPTY[found], "tabs": tabs}
    return render(request, "matters/zone.html", context)
