"""Which roads into the talk room are open: switched by who coordinates."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuoshi.channels.actions.roads import switch_road
from shuoshi.channels.queries.roads import roads_in
from shuoshi.channels.rules.roads import RoadIn, may_switch
from shuoshi.common.refusals import NotPermitted
from shuoshi.org.queries.standing import standing_of


if TYPE_CHECKING:
    from shuoshi.org.rules.standing import Standing


@login_required
@never_cache
@require_safe
def roads(request: HttpRequest) -> HttpResponse:
    by = _coordinator(request)
    context = {"roads": roads_in(by.mine_id or 0)}
    return render(request, "channels/roads.html", context)


@login_required
@never_cache
@require_POST
def switch(request: HttpRequest, road: str) -> HttpResponse:
    """Open or close one."""
    by = _coordinator(request)
    if road not in RoadIn.values or request.POST.get("open") not in {"0", "1"}:
        raise Http404
    switch_road(road, is_open=request.POST["open"] == "1", by=by, now=now())
    messages.success(request, _("已记下。"))
    return redirect("channels:roads")


def _coordinator(request: HttpRequest) -> "Standing":
    # login_required has been passed, so this is a person.
    standing = standing_of(request.user)  # type: ignore[arg-type]
    if not may_switch(standing):
        raise NotPermitted(_("说事渠道由统筹人员开关。"))
    return standing
