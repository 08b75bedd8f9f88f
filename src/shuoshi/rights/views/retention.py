"""For how long things are kept, and the run that erases what was kept long enough."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.common.pages import go
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.privacy.actions.periods import set_period
from shuoshi.privacy.queries.retention import periods_of, plans_in
from shuoshi.privacy.rules.access import may_keep, may_review
from shuoshi.privacy.rules.kinds import Kept
from shuoshi.rights.actions.retention import confirm_plan, make_plan
from shuoshi.rights.forms.desk import PeriodForm
from shuoshi.rights.queries.shown_plans import plan_shown
from shuoshi.rights.views.desk import DeskRequest, at_desk


PLANS_SHOWN = 10


def _reviewed(request: DeskRequest) -> int:
    """Return the mine whose periods this person may look at."""
    person = request.desk.standing
    if not may_review(person) or person.mine_id is None:
        raise NotPermitted("")
    return person.mine_id


@at_desk
@require_safe
def retention(request: DeskRequest) -> HttpResponse:
    mine_id = _reviewed(request)
    context = {
        "periods": periods_of(mine_id),
        "plans": plans_in(mine_id)[:PLANS_SHOWN],
        "keeps": may_keep(request.desk.standing),
    }
    return render(request, "rights/retention.html", context)


@at_desk
@require_POST
def make(request: DeskRequest) -> HttpResponseBase:
    mine_id = _reviewed(request)
    plan = make_plan(mine_id, by=request.desk.standing, now=request.desk.now)
    return redirect("rights:plan", plan.uid)


@at_desk
@require_safe
def plan(request: DeskRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(plans_in(_reviewed(request)), uid=uid)
    context = {"shown": plan_shown(found), "keeps": may_keep(request.desk.standing)}
    return render(request, "rights/plan.html", context)


@at_desk
@require_POST
def confirm(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    mine_id = _reviewed(request)
    if not may_keep(request.desk.standing):
        raise NotPermitted(_("只有统筹人员和安全管理员可以确认清除。"))
    found = get_object_or_404(plans_in(mine_id), uid=uid)
    digest = request.POST.get("digest", "")[:64].replace("\x00", "")
    try:
        confirm_plan(found, digest, by=request.desk.standing, now=request.desk.now)
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("已经确认，后台十分钟内照这份清单清除；清单变了就不清除。")
        )
    return redirect("rights:plan", found.uid)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: DeskRequest, kind: str) -> HttpResponseBase:
    mine_id, person = _reviewed(request), request.desk.standing
    if not may_keep(person):
        raise NotPermitted(_("只有统筹人员和安全管理员可以改保存期限。"))
    found = (one for one in periods_of(mine_id) if one.kind == kind.upper())
    now = next(found, None)
    if now is None:
        raise Http404
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        initial={"months": now.months, "fate": now.fate, "ground": now.ground},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            set_period(
                now.kind,
                months=given["months"],
                ground=given["ground"],
                fate=given["fate"],
                by=person,
                now=request.desk.now,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("保存期限已经改好。"))
            return go(request, "rights:retention")
    status = 422 if form.errors else 200
    context = {"form": form, "kind": Kept(now.kind)}
    return render(request, "rights/period.html", context, status=status)
