"""Bring an old ledger in: choose the file, see what would happen, do it."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.actions.ledger import import_ledger, preview_ledger
from shuoshi.matters.actions.ledger_drafts import (
    LedgerDraft,
    drop_draft,
    keep_draft,
    opened_draft,
)
from shuoshi.matters.forms.ledger_import import LedgerFileForm
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.ledger_files import ledger_lines
from shuoshi.matters.queries.ledger_preview import shown_of
from shuoshi.matters.rules.access import may_import
from shuoshi.matters.rules.ledger import LedgerReading
from shuoshi.matters.views.desk import DeskRequest, at_work
from shuoshi.org.queries.units import tree_of


if TYPE_CHECKING:
    from django.http import HttpResponse

    from shuoshi.org.models import Unit

DRAFT = "ledger_draft"
# More would keep the browser waiting for minutes; the console takes any number.
MOST_ROWS = 10_000


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: DeskRequest) -> "HttpResponse":
    _require(request)
    if request.method != "POST":
        return _form(request, LedgerFileForm())
    _forget(request)
    form = LedgerFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    try:
        draft = keep_draft(form.cleaned_data["file"])
        request.session[DRAFT] = draft.as_json()
        with opened_draft(draft) as path:
            report = preview_ledger(
                _reading(request, path), unit=_unit(request), by=request.desk.standing
            )
    except Refused as refusal:
        _forget(request)
        form.refuse(refusal)
        return _form(request, form)
    context = {"shown": shown_of(report), "file": form.cleaned_data["file"].name}
    return render(request, "matters/ledger_preview.html", context)


@at_work
@require_POST
def confirm(request: DeskRequest) -> "HttpResponse":
    _require(request)
    draft = LedgerDraft.from_json(request.session.get(DRAFT))
    if draft is None:
        messages.error(request, _("预览已经过期，请重新上传台账文件"))
        return redirect("matters:import_ledger")
    try:
        with opened_draft(draft) as path:
            report = import_ledger(
                _reading(request, path),
                unit=_unit(request),
                by=request.desk.standing,
                now=request.desk.now,
            )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("matters:import_ledger")
    finally:
        _forget(request)
    counts = {
        "imported": report.imported,
        "skipped": report.skipped,
        "rejected": len(report.rejected),
    }
    told = _(
        "已导入 %(imported)d 件，已有而跳过 %(skipped)d 行，退回 %(rejected)d 行。"
    )
    messages.success(request, told % counts)
    return redirect("matters:ledger")


def _require(request: DeskRequest) -> None:
    if not may_import(request.desk.standing):
        raise NotPermitted(_("只有统筹人员可以导入台账。"))


def _form(request: DeskRequest, form: LedgerFileForm) -> "HttpResponse":
    status = 422 if form.errors else 200
    return render(request, "matters/ledger_import.html", {"form": form}, status=status)


def _unit(request: DeskRequest) -> "Unit":
    tree = tree_of(request.desk.standing.mine_id or 0)
    return tree.units[tree.root_id]


def _reading(request: DeskRequest, path: Path) -> LedgerReading:
    lines = ledger_lines(path, most_rows=MOST_ROWS)
    return LedgerReading(lines, today=localdate(request.desk.now), zone=ZONE)


def _forget(request: DeskRequest) -> None:
    draft = LedgerDraft.from_json(request.session.pop(DRAFT, None))
    if draft is not None:
        drop_draft(draft)
