"""Take out what the auditor filtered; that is on record before it leaves."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter
from django.utils.translation import gettext as _

from shuoshi.audit.queries.trail import Line, Wish, all_lines
from shuoshi.audit.rules.kinds import may_audit
from shuoshi.common.refusals import NotPermitted
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


MOST: Final = 50_000
WIDTHS: Final = (20, 22, 14, 60, 12)
# What a spreadsheet takes for a formula.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def export_trail(
    wish: Wish, path: Path, *, form: str, by: Standing, now: datetime
) -> int:
    """
    Write the lines as ``xlsx`` or ``csv``, put that on record; return how many.

    :raises NotPermitted: for everybody but the auditor.
    """
    if not may_audit(by):
        raise NotPermitted(_("只有审计管理员可以导出审计记录。"))
    lines = list(all_lines(by, wish, most=MOST))
    heads = [_("时间"), _("谁"), _("类型"), _("做了什么"), _("事项")]
    rows = [heads, *(_cells(line) for line in lines)]
    (_write_csv if form == "csv" else _write_xlsx)(path, rows)
    note(
        "trail.exported",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id or 0,
        detail={"rows": len(lines), "form": form},
    )
    return len(lines)


def _cells(line: Line) -> list[str]:
    at = line.at.strftime("%Y-%m-%d %H:%M:%S")
    return [at, line.who, line.kind, line.told, line.number]


def _write_csv(path: Path, rows: list[list[str]]) -> None:
    # With a mark, or Excel takes the Chinese for something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _write_xlsx(path: Path, rows: list[list[str]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(_("审计"))
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(WIDTHS) - 1)
