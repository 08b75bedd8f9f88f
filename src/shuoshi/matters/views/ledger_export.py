"""Take the ledger out as it is filtered on the page."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.ledger_export import export_ledger as write_ledger
from shuoshi.matters.forms.filters import LedgerFilter
from shuoshi.matters.queries.ledger_page import ledger_of
from shuoshi.matters.views.desk import DeskRequest, at_work
from shuoshi.org.queries.units import tree_of


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

# More would keep the browser waiting for minutes; the console writes any number.
MOST_LINES = 20_000
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_work
@require_GET
def export(request: DeskRequest) -> "HttpResponseBase":
    desk = request.desk
    mine_id = desk.standing.mine_id or 0
    form = LedgerFilter(mine_id, request.GET)
    matters = ledger_of(desk.standing, form.wish, now=desk.now)
    tree = tree_of(mine_id)
    day = localdate(desk.now)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.xlsx"
            write_ledger(
                matters.order_by("received_at", "pk"),
                path,
                mine_id=mine_id,
                title=_("%(mine)s接访台账") % {"mine": tree.units[tree.root_id].name},
                by=desk.standing,
                now=desk.now,
                most=MOST_LINES,
            )
            # The name goes with the folder; what is open stays readable to its end.
            file = path.open("rb")
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("matters:ledger")
    name = _("接访台账%(day)s.xlsx") % {"day": day.strftime("%Y%m%d")}
    return FileResponse(file, as_attachment=True, filename=name, content_type=EXCEL)
