"""The ledger: one dense table, filtered, with the columns one wants."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shuoshi.common.frame import Link
from shuoshi.matters.forms.filters import LedgerFilter
from shuoshi.matters.queries.keyset import NEWER, OLDER, place_in
from shuoshi.matters.queries.ledger_page import ALL_OPEN, ledger_page, this_month
from shuoshi.matters.rules.access import may_import, may_register
from shuoshi.matters.views.desk import DeskRequest, at_work


if TYPE_CHECKING:
    from django.http import HttpResponse

COLUMNS_COOKIE = "shuoshi_columns"
A_YEAR = 365 * 24 * 60 * 60
# What may be shown beside number, title and state.
COLUMNS = {
    "received": gettext_lazy("收到"),
    "channel": gettext_lazy("来源"),
    "type": gettext_lazy("诉求类型"),
    "class": gettext_lazy("信访类别"),
    "category": gettext_lazy("类别"),
    "unit": gettext_lazy("主办单位"),
    "receiver": gettext_lazy("首接人"),
    "handler": gettext_lazy("经办人"),
    "responsible": gettext_lazy("责任人"),
    "clock": gettext_lazy("期限"),
}
USUAL = ("received", "channel", "unit", "responsible", "clock")


@at_work
@require_safe
def ledger(request: DeskRequest) -> "HttpResponse":
    desk = request.desk
    form = LedgerFilter(desk.standing.mine_id or 0, request.GET)
    shown = ledger_page(desk.standing, form.wish, desk.faces, place_in(request.GET))
    columns = _columns(request)
    context = {
        "form": form,
        "shown": shown,
        "columns": columns,
        "all_columns": [(key, label, key in columns) for key, label in COLUMNS.items()],
        "tabs": _tabs(request),
        "asked": _asked(request),
        "may_import": may_import(desk.standing),
    }
    answer = render(request, "matters/ledger.html", context)
    if "c" in request.GET:
        answer.set_cookie(
            COLUMNS_COOKIE,
            ".".join(columns),
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


def _columns(request: DeskRequest) -> list[str]:
    """Return the columns asked for now, else those of last time on this device."""
    kept = request.COOKIES.get(COLUMNS_COOKIE, "").split(".")
    wanted = request.GET.getlist("c") or kept
    return [key for key in COLUMNS if key in wanted] or list(USUAL)


def _asked(request: DeskRequest) -> str:
    """Return the filters alone, as the address holds them."""
    asked = request.GET.copy()
    for name in (OLDER, NEWER, "c"):
        asked.pop(name, None)
    return asked.urlencode()


def _tabs(request: DeskRequest) -> list[Link]:
    """Return the filters that people keep asking for, under a name."""
    url, asked = reverse("matters:ledger"), _asked(request)
    month = this_month(request.desk.now)
    named = [
        (_("全部"), {}),
        (_("没有办完的"), {"state": ALL_OPEN}),
        (_("已超期"), {"overdue": "on"}),
        (_("本月收到"), {"since": month.isoformat()}),
        (_("等评价"), {"state": "ANSWERED"}),
    ]
    if may_register(request.desk.standing):
        named.append((_("我首接的"), {"mine": "on"}))
    return [
        Link(label, f"{url}?{query}" if query else url, current=_same(query, asked))
        for label, query in ((label, urlencode(wish)) for label, wish in named)
    ]


def _same(query: str, asked: str) -> bool:
    """True if both ask for the same; a form sends its empty fields along."""
    told = "&".join(pair for pair in asked.split("&") if not pair.endswith("="))
    return query == told
