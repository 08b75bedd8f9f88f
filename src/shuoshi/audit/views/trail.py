"""The auditor's pages: the trail, its export, the daily seals."""

import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuoshi.audit.actions.exporting import export_trail
from shuoshi.audit.forms.filters import TrailFilter
from shuoshi.audit.queries.seals import seals_shown
from shuoshi.audit.queries.trail import page_asked, place_in
from shuoshi.audit.rules.kinds import may_audit
from shuoshi.common.pages import Request, page
from shuoshi.matters.queries.frame import Desk
from shuoshi.org.queries.standing import standing_of


if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class AuditRequest(Request):
    """A request of the auditor."""

    desk: Desk


View = Callable[..., "HttpResponseBase"]


def for_auditor(view: View) -> View:
    """
    Let in the auditor; for everybody else there is nothing here.

    :raises Http404: for everybody else.
    """

    @wraps(view)
    def seated(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponseBase":
        # login_required has been passed, so this is a person and not an AnonymousUser.
        desk = Desk(standing_of(request.user), now(), request.path)  # type: ignore[arg-type]
        # The frame around the page finds the desk here.
        request.desk = desk  # type: ignore[attr-defined]
        if not may_audit(desk.standing):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(never_cache(seated))


@for_auditor
@require_safe
def trail(request: AuditRequest) -> "HttpResponse":
    form = TrailFilter(request.GET)
    shown = page_asked(request.desk.standing, form.wish, place_in(request.GET))
    asked = request.GET.copy()
    for place in ("older", "newer"):
        asked.pop(place, None)
    context = {"filter": form, "shown": shown, "asked": asked.urlencode()}
    return page(request, "audit/trail.html", "", context)


@for_auditor
@require_safe
def export(request: AuditRequest, form: str) -> "HttpResponseBase":
    if form not in TYPES:
        raise Http404
    desk = request.desk
    wish = TrailFilter(request.GET).wish
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"trail.{form}"
        export_trail(wish, path, form=form, by=desk.standing, now=desk.now)
        # The name goes with the folder; what is open stays readable to its end.
        file = path.open("rb")
    day = localdate(desk.now).strftime("%Y%m%d")
    name = _("审计记录%(day)s.%(form)s") % {"day": day, "form": form}
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=TYPES[form]
    )


@for_auditor
@require_safe
def seals(request: AuditRequest) -> "HttpResponse":
    context = {"shown": seals_shown()}
    return page(request, "audit/seals.html", "", context)
