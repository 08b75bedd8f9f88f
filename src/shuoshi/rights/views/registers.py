"""The registers: what was handed outside, and what was weighed beforehand."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.common.pages import go
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.privacy.actions.registers import Weighed, enter_assessment
from shuoshi.privacy.queries.consents import assessments_in
from shuoshi.privacy.rules.access import may_keep, may_review
from shuoshi.rights.actions.exporting import export_handings
from shuoshi.rights.forms.desk import AssessmentForm
from shuoshi.rights.queries.registers import handings_page
from shuoshi.rights.views.desk import DeskRequest, at_desk


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


def _reviewed(request: DeskRequest) -> int:
    person = request.desk.standing
    if not may_review(person) or person.mine_id is None:
        raise NotPermitted("")
    return person.mine_id


@at_desk
@require_safe
def handings(request: DeskRequest) -> HttpResponse:
    mine_id = _reviewed(request)
    context = {"rows": handings_page(mine_id, request.desk.standing)[:SHOWN]}
    return render(request, "rights/handings.html", context)


@at_desk
@require_safe
def export(request: DeskRequest) -> HttpResponse:
    _reviewed(request)
    now = request.desk.now
    name = f"handed-outside-{localdate(now):%Y-%m-%d}.xlsx"
    return HttpResponse(
        export_handings(by=request.desk.standing, now=now),
        content_type=SHEET,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@at_desk
@require_safe
def assessments(request: DeskRequest) -> HttpResponse:
    context = {
        "rows": assessments_in(_reviewed(request))[:SHOWN],
        "keeps": may_keep(request.desk.standing),
    }
    return render(request, "rights/assessments.html", context)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: DeskRequest) -> HttpResponseBase:
    if not may_keep(request.desk.standing):
        raise NotPermitted(_("只有统筹人员和安全管理员可以登记影响评估。"))
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            enter_assessment(
                Weighed(**form.cleaned_data),
                by=request.desk.standing,
                now=request.desk.now,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已经登记，至少保存三年。"))
            return go(request, "rights:assessments")
    status = 422 if form.errors else 200
    return render(request, "rights/assessment.html", {"form": form}, status=status)
