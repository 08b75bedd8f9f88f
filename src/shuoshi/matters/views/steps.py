"""Take a step: its short form in place beside the sheet, or as a page of its own."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shuoshi.common.pages import go, page
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.actions.steps import check_step, take_step
from shuoshi.matters.forms.steps import StepForm
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.access import gate
from shuoshi.matters.rules.table import STEPS
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.matters.views.matters import matter_for


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.matters.rules.table import Step

TEMPLATE = "matters/step.html"


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: DeskRequest, number: str, name: str) -> HttpResponseBase:
    matter = matter_for(request, number)
    row = STEPS.get(name)
    if row is None or not row.sources:
        raise Http404
    gate.require(request.desk.standing, row.by, matter)
    try:
        check_step(row, matter, now=request.desk.now)
    except Refused as refusal:
        # The matter has moved on since the page was shown.
        context = {"matter": matter, "step": row, "refusal": refusal.message}
        return page(request, TEMPLATE, "form", context)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    # Several forms may be open beside one sheet; their fields must not share an id.
    form = StepForm(
        row, matter, request.desk.standing, *sent, auto_id=f"id_{row.name}_%s"
    )
    if sent:
        return _take(request, matter, row, form)
    return page(request, TEMPLATE, "form", _context(matter, row, form))


def _take(
    request: DeskRequest, matter: "Matter", row: "Step", form: StepForm
) -> HttpResponseBase:
    if form.is_valid():
        try:
            take_step(
                matter,
                row.name,
                by=request.desk.standing,
                now=request.desk.now,
                given=form.given,
                version=form.cleaned_data["version"],
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已办：%(step)s。") % {"step": row.label})
            seen = matters_seen_by(request.desk.standing).filter(pk=matter.pk)
            # A step may take the matter out of one's own sight.
            return go(request, matter if seen.exists() else "matters:workbench")
    return page(request, TEMPLATE, "form", _context(matter, row, form))


def _context(matter: "Matter", row: "Step", form: StepForm) -> dict[str, object]:
    return {"matter": matter, "step": row, "form": form}
