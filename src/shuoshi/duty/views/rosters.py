"""The roster of a month: to look at, to print, to take along."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shuoshi.duty.actions.export import EXCEL, export_roster, note_poster
from shuoshi.duty.queries.months import roster_shown
from shuoshi.duty.views.pages import mine_of, month_asked, roster_page
from shuoshi.duty.views.seat import RosterRequest, for_roster


@for_roster
@require_safe
def roster(request: RosterRequest) -> HttpResponse:
    return roster_page(request, month_asked(request.GET.get("month", ""), request))


@for_roster
@require_safe
def poster(request: RosterRequest) -> HttpResponse:
    """The month on one sheet, for the wall."""
    month = month_asked(request.GET.get("month", ""), request)
    shown = roster_shown(mine_of(request), month, now=request.moment)
    note_poster(shown, by=request.standing, now=request.moment)
    return render(request, "duty/poster.html", {"shown": shown})


@for_roster
@require_safe
def export(request: RosterRequest) -> FileResponse:
    """The month as an Excel file."""
    month = month_asked(request.GET.get("month", ""), request)
    shown = roster_shown(mine_of(request), month, now=request.moment)
    file = export_roster(shown, by=request.standing, now=request.moment)
    name = _("值班表%(month)s.xlsx") % {"month": f"{month.since:%Y-%m}"}
    return FileResponse(file, as_attachment=True, filename=name, content_type=EXCEL)
