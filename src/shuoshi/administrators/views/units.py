"""The units of the mine, kept by the system administrator."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shuoshi.administrators.forms import UnitForm
from shuoshi.administrators.views.office import OfficeRequest, for_administrators
from shuoshi.administrators.views.people import unit_choices
from shuoshi.common.pages import go, page
from shuoshi.common.refusals import Refused
from shuoshi.org.actions.units import add_unit
from shuoshi.org.queries.units import kinds_of_unit, tree_of
from shuoshi.org.rules.roles import Role


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@for_administrators(Role.SYSADMIN)
@require_http_methods(["GET", "POST"])
def units(request: OfficeRequest) -> "HttpResponseBase":
    tree = tree_of(request.desk.standing.mine_id or 0)
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        units=unit_choices(request),
        kinds=kinds_of_unit(),
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        under = tree.units[int(given.pop("under"))]
        try:
            add_unit(
                given.pop("code"),
                under=under,
                **given,
                by=request.desk.standing,
                now=request.desk.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("单位已经设立。"))
            return go(request, "administrators:units")
    context = {"form": form, "units": tree.units.values()}
    return page(request, "administrators/units.html", "", context)
