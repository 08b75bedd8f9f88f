"""The leaders' open days: planned at the desk, read by everybody."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.org.queries.units import mines, tree_of
from shuoshi.reception.actions.open_days import (
    announce_open_day,
    cancel_open_day,
    name_substitute,
    plan_open_day,
    publish_report,
    write_report,
)
from shuoshi.reception.forms.open_days import (
    CancelForm,
    PlanForm,
    ReportForm,
    SubstituteForm,
)
from shuoshi.reception.queries.open_days import (
    dates_to_plan,
    leaders_of,
    open_day_ahead,
    open_day_on,
    open_days_of,
    reports_of,
)
from shuoshi.reception.rules.access import may_plan_open_days
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


if TYPE_CHECKING:
    from collections.abc import Callable


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What is announced, and what became of those before."""
    code = request.GET.get("mine", "")
    for mine in mines():
        if code in {"", mine.code}:
            break
    else:
        raise Http404
    context = {
        "mine": mine,
        "ahead": open_day_ahead(mine.pk, today=localdate(now())),
        "reports": reports_of(mine.pk),
    }
    return render(request, "reception/open_days_public.html", context)


@for_reception
@require_safe
def open_days(request: ReceptionRequest) -> HttpResponse:
    return _page(request)


@for_reception
@require_POST
def plan(request: ReceptionRequest) -> HttpResponse:
    """Plan the open day of a month."""
    _require_planner(request)
    form = PlanForm(request.POST, **_offered(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            plan_open_day(
                given["month"],
                leader_id=given["leader"],
                departments=given["departments"],
                day=given["day"],
                by=request.desk.standing,
                now=request.desk.now,
            )
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
        else:
            messages.success(request, _("已安排，公告以后大家看得到、约得到。"))
            return redirect("reception:open_days")
    return _page(request, form=form)


@for_reception
@require_POST
def act(request: ReceptionRequest, pk: int, how: str) -> HttpResponse:
    """Announce, name a substitute, cancel, write the report."""
    _require_planner(request)
    standing, moment = request.desk.standing, request.desk.now
    open_day = open_day_on(f"OPEN-{pk}", mine_id=standing.mine_id or 0)
    form = _act_form(request, how)
    if open_day is None or form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, tried=(pk, how, form))
    given = form.cleaned_data
    told: dict[str, Any] = {"by": standing, "now": moment}
    acts: dict[str, Callable[[], object]] = {
        "announce": lambda: announce_open_day(open_day, **told),
        "substitute": lambda: name_substitute(
            open_day, person_id=given["substitute"], **told
        ),
        "cancel": lambda: cancel_open_day(open_day, reason=given["reason"], **told),
        "report": lambda: write_report(open_day, report=given["report"], **told),
    }
    try:
        acts[how]()
    except Refused as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None, refusal.message
        )
        return _page(request, tried=(pk, how, form))
    messages.success(request, _("已记下。"))
    return redirect("reception:open_days")


@for_reception
@require_POST
def publish(request: ReceptionRequest, pk: int) -> HttpResponse:
    """Publish the report that somebody else wrote."""
    standing = request.desk.standing
    open_day = open_day_on(f"OPEN-{pk}", mine_id=standing.mine_id or 0)
    if open_day is None:
        raise Http404
    try:
        publish_report(open_day, by=standing, now=request.desk.now)
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已公布，大家看得到了。"))
    return redirect("reception:open_days")


def _act_form(request: ReceptionRequest, how: str) -> forms.Form | None:
    match how:
        case "announce":
            return forms.Form(request.POST)
        case "substitute":
            return SubstituteForm(request.POST, leaders=_leaders(request))
        case "cancel":
            return CancelForm(request.POST)
        case "report":
            return ReportForm(request.POST)
        case _:
            return None


def _page(
    request: ReceptionRequest,
    *,
    form: PlanForm | None = None,
    tried: tuple[int, str, forms.Form] | None = None,
) -> HttpResponse:
    standing, moment = request.desk.standing, request.desk.now
    plans, today = may_plan_open_days(standing), localdate(moment)
    rows = []
    for one in open_days_of(standing.mine_id or 0):
        own = {
            "substitute": SubstituteForm(
                leaders=_leaders(request), initial={"substitute": one.substitute_id}
            ),
            "cancel": CancelForm(),
            "report": ReportForm(initial={"report": one.report}),
        }
        if tried and tried[0] == one.pk:
            own[tried[1]] = tried[2]
        rows.append((one, own, one.day <= today))
    context = {
        "rows": rows,
        "plans": plans,
        "form": form or (PlanForm(**_offered(request)) if plans else None),
        "dates": dates_to_plan(standing.mine_id or 0, today=today),
    }
    status = 422 if form or tried else 200
    return render(request, "reception/open_days.html", context, status=status)


def _require_planner(request: ReceptionRequest) -> None:
    if not may_plan_open_days(request.desk.standing):
        raise NotPermitted(_("民主接待日由统筹人员安排。"))


def _leaders(request: ReceptionRequest) -> list[tuple[int, str]]:
    mine_id = request.desk.standing.mine_id or 0
    return [(one.pk, one.name) for one in leaders_of(mine_id)]


def _offered(request: ReceptionRequest) -> dict[str, list[tuple[Any, str]]]:
    mine_id, today = request.desk.standing.mine_id or 0, localdate(request.desk.now)
    dates = dates_to_plan(mine_id, today=today)
    units = tree_of(mine_id).units.values()
    return {
        "months": [
            (one.month, f"{one.month} · {one.day or _('要定日子')}") for one in dates
        ],
        "leaders": _leaders(request),
        "units": [(one.pk, one.name) for one in units if one.kind == "DEPARTMENT"],
    }
