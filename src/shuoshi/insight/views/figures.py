"""The page of figures, and the list behind each of them."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuoshi.common.pages import Request, page
from shuoshi.common.refusals import NotPermitted
from shuoshi.insight.actions.export import EXCEL, export_figures
from shuoshi.insight.forms.figures import BehindForm, FiguresForm
from shuoshi.insight.queries.behind import list_behind
from shuoshi.insight.queries.sheet import COLUMNS, sheet_of
from shuoshi.insight.queries.wish import scope_for, tabs, units_for, usual
from shuoshi.matters.queries.figures import scope_of
from shuoshi.matters.queries.frame import Desk
from shuoshi.matters.queries.keyset import place_in
from shuoshi.matters.rules.access import may_see_figures
from shuoshi.org.queries.standing import standing_of


if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


class FiguresRequest(Request):
    """A request of somebody whose post lets them see figures."""

    desk: Desk


View = Callable[..., "HttpResponseBase"]


def for_figures(view: View) -> View:
    """
    Let in who may see figures.

    :raises NotPermitted: for those who may not.
    """

    @wraps(view)
    def seated(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponseBase":
        # login_required has been passed, so this is a person and not an AnonymousUser.
        desk = Desk(standing_of(request.user), now(), request.path)  # type: ignore[arg-type]
        # The frame around the page finds the desk here.
        request.desk = desk  # type: ignore[attr-defined]
        if not may_see_figures(desk.standing):
            raise NotPermitted(_("统计给统筹人员、单位负责人和领导看。"))
        return view(request, *args, **kwargs)

    return login_required(never_cache(seated))


@for_figures
@require_safe
def figures(request: FiguresRequest) -> "HttpResponse":
    scope, today = scope_of(request.desk.standing), localdate(request.desk.now)
    start = usual(today)
    asked = request.GET or {"year": start.span.year, "part": start.span.stretch}
    form = FiguresForm(units_for(scope), asked)
    context: dict[str, Any] = {"form": form, "columns": COLUMNS.values()}
    wish = form.wish if form.is_valid() else None
    context["tabs"] = tabs(wish, today)
    if wish is not None:
        context |= {
            "wish": wish,
            "sheet": sheet_of(scope_for(scope, wish), wish, now=request.desk.now),
        }
    return page(request, "insight/figures.html", "", context)


@for_figures
@require_safe
def behind(request: FiguresRequest) -> "HttpResponse":
    scope = scope_of(request.desk.standing)
    form = BehindForm(units_for(scope), request.GET)
    if not form.is_valid():
        raise Http404
    shown, count = list_behind(
        scope, form.behind, request.desk.faces, place_in(request.GET)
    )
    context = {"asked": form.behind, "shown": shown, "count": count}
    return page(request, "insight/behind.html", "", context)


@for_figures
@require_safe
def export(request: FiguresRequest) -> "HttpResponseBase":
    scope = scope_of(request.desk.standing)
    form = FiguresForm(units_for(scope), request.GET)
    if not form.is_valid():
        raise Http404
    wish, now = form.wish, request.desk.now
    sheet = sheet_of(scope_for(scope, wish), wish, now=now)
    book = export_figures(sheet, wish, by=request.desk.standing, now=now)
    name = _("统计%(span)s.xlsx") % {"span": wish.span}
    return FileResponse(book, as_attachment=True, filename=name, content_type=EXCEL)
