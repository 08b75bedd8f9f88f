"""A site of its own for the pages that show every component; used by tests alone."""

from pathlib import Path

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from shuoshi.common import views
from tests.common.looks import invented


HERE = Path(__file__).parent / "templates"


def _show(request, name, **context):
    text = (HERE / name).read_text()
    return HttpResponse(engines["django"].from_string(text).render(context, request))


def desk(request):
    """Show a case on one sheet: the notices, the steps, the actions beside it."""
    messages.success(request, "已登记，编号 2026-0151。")
    messages.error(request, "照片没有收下：不是图片。")
    form = invented.ReasonForm({"days": "90"} if "wrong" in request.GET else None)
    return _show(
        request,
        "desk.html",
        frame=invented.frame(),
        clocks=invented.CLOCKS,
        states=invented.STATES,
        stops=invented.stops(),
        happenings=invented.happenings(),
        form=form,
        long=invented.LONG,
    )


def table(request):
    """Show a list: filters, a table with many rows or none, paging."""
    count = int(request.GET.get("rows", "25"))
    return _show(
        request,
        "table.html",
        frame=invented.frame(empty=not count),
        rows=invented.rows(count),
        form=invented.FilterForm(),
        tabs=[
            invented.Link("等我办的", "#", current=True, waiting=12),
            invented.Link("我首接的", "#"),
        ],
    )


def figures(request):
    """Show figures and bars."""
    units = ["机电队", "综采队", invented.LONG_UNIT, "后勤"]
    bars = [
        {"label": unit, "number": 40 - 9 * n, "of": 40, "url": "#"}
        for n, unit in enumerate(units)
    ]
    return _show(request, "figures.html", frame=invented.frame(), bars=bars)


def phone(request):
    """Show the phone's home, form, receipt and progress on one long page."""
    data = {"title": invented.LONG, "kind": "x"} if "wrong" in request.GET else None
    qr = segno.make("/progress/#1234567890123456", error="m")
    return _show(
        request,
        "phone.html",
        frame=invented.frame(),
        form=invented.EverythingForm(data),
        stops=invented.stops(),
        qr=qr.svg_data_uri(border=2),
        due=invented.MOMENT,
    )


def deskform(request):
    """Show every kind of field at the desk."""
    data = {"title": invented.LONG, "kind": "x"} if "wrong" in request.GET else None
    return _show(
        request,
        "deskform.html",
        frame=invented.frame(),
        form=invented.EverythingForm(data),
    )


def sheet(request):
    """Show a sheet."""
    return _show(
        request,
        "sheet.html",
        frame=invented.frame(),
        stops=invented.stops(),
        long=invented.LONG,
    )


def breaks(request):
    """Break, for the page that says so."""
    raise RuntimeError("on purpose")


handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.broken
urlpatterns = [
    path("looks/desk/", desk, name="desk"),
    path("looks/table/", table),
    path("looks/figures/", figures),
    path("looks/phone/", phone),
    path("looks/deskform/", deskform),
    path("looks/sheet/", sheet),
    path("looks/breaks/", breaks),
    path("accounts/roads/", include("shuoshi.notices.urls")),
    path("accounts/", include("shuoshi.accounts.urls")),
    path("", include(([path("workbench/", desk, name="workbench")], "matters"))),
]
