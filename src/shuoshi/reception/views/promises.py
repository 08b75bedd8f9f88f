"""What was promised: written down, reported, checked by another."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.org.queries.units import tree_of
from shuoshi.reception.actions.promises import (
    check_promise,
    report_promise,
    write_promise,
)
from shuoshi.reception.forms.promises import OutcomeForm, PromiseForm
from shuoshi.reception.queries.promises import (
    matter_for_promise,
    promise_seen_by,
    promises_shown,
)
from shuoshi.reception.rules.access import may_receive
from shuoshi.reception.views.seat import ReceptionRequest, for_reception, for_work


if TYPE_CHECKING:
    from shuoshi.reception.models import Promise


@for_work
@require_safe
def promises(request: ReceptionRequest) -> HttpResponse:
    return _page(request)


@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReceptionRequest, number: str) -> HttpResponse:
    """Write down what was promised on a matter."""
    standing = request.desk.standing
    matter = matter_for_promise(number, standing)
    if matter is None:
        raise Http404
    units = tree_of(matter.mine_id).units.values()
    offered = [(one.pk, one.name) for one in units]
    form = PromiseForm(
        request.POST if request.method == "POST" else None, units=offered
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            write_promise(
                matter,
                words=given["words"],
                unit_id=given["unit"],
                due_on=given["due_on"],
                by=standing,
                now=request.desk.now,
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
        else:
            messages.success(request, _("已记下，到时候有人核对。"))
            return redirect("reception:promises")
    context = {"form": form, "matter": matter}
    status = 422 if form.errors else 200
    return render(request, "reception/promise.html", context, status=status)


@for_work
@require_POST
def report(request: ReceptionRequest, uid: UUID) -> HttpResponse:
    """Say what came of a promise."""
    promise, form = _seen(request, uid), OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, tried=(promise.pk, form))
    given = form.cleaned_data
    try:
        report_promise(
            promise,
            kept=given["kept"],
            words=given["words"],
            by=request.desk.standing,
            now=request.desk.now,
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已报，等另一个人核对。"))
    return redirect("reception:promises")


@for_reception
@require_POST
def check(request: ReceptionRequest, uid: UUID, how: str) -> HttpResponse:
    """Confirm what was reported, or send it back."""
    promise = _seen(request, uid)
    if how not in {"so", "back"}:
        raise Http404
    desk = request.desk
    try:
        check_promise(promise, is_so=how == "so", by=desk.standing, now=desk.now)
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已记下。"))
    return redirect("reception:promises")


def _seen(request: ReceptionRequest, uid: UUID) -> "Promise":
    promise = promise_seen_by(uid, request.desk.standing)
    if promise is None:
        raise Http404
    return promise


def _page(
    request: ReceptionRequest, tried: tuple[int, OutcomeForm] | None = None
) -> HttpResponse:
    standing = request.desk.standing
    receives = may_receive(standing)
    rows = []
    for one in promises_shown(standing, today=localdate(request.desk.now)):
        own = tried[1] if tried and tried[0] == one.promise.pk else OutcomeForm()
        reports = receives or one.promise.unit_id in standing.units
        checks = receives and one.promise.reported_by_id != standing.person_id
        rows.append((one, own, reports, checks))
    status = 422 if tried else 200
    return render(request, "reception/promises.html", {"rows": rows}, status=status)
