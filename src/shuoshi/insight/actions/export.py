"""Take the figures out as an Excel file: what the page shows and no more."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from shuoshi.insight.queries.sheet import COLUMNS, Sheet, Table
from shuoshi.insight.queries.wish import Wish
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What stands for a hidden number, on the page too.
KEPT_BACK: Final = "＊"
_WIDE: Final = 24

Value = str | int | float | None


def export_figures(sheet: Sheet, wish: Wish, *, by: Standing, now: datetime) -> BytesIO:
    """Return the figures as an Excel file, and put on record that they were taken out."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        _write(book, _("各项"), _share_rows(sheet, wish))
        _write(book, _("按单位"), _table_rows(_("单位"), sheet.by_unit))
        _write(book, _("按来源"), _table_rows(_("来源"), sheet.by_channel))
        _write(book, _("按月"), _month_rows(sheet))
    note(
        "figures.exported",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id or 0,
        detail={"span": str(wish.span), "unit": wish.unit},
    )
    file.seek(0)
    return file


def _share_rows(sheet: Sheet, wish: Wish) -> Iterable[list[Value]]:
    yield [wish.label, _("比率"), _("件数"), _("总数"), _("算法")]
    for line in sheet.lines:
        share = line.share
        rate: Value = ""
        if share.numerator is None or share.denominator is None:
            rate = KEPT_BACK
        elif share.denominator:
            rate = round(share.numerator / share.denominator, 3)
        yield [
            str(share.figure.label),
            rate,
            share.numerator,
            share.denominator,
            str(share.figure.meaning),
        ]
    yield []
    yield [_("＊ 少于五件，不显示；会让人推算出这样的数的，也不显示。")]
    yield [_("指明了被反映的人或者单位的事项不计入统计。")]


def _table_rows(first: str, table: Table) -> Iterable[list[Value]]:
    yield [first, *(str(label) for label in COLUMNS.values())]
    for row in table.rows:
        yield [row.label, *(cell.number for cell in row.cells)]


def _month_rows(sheet: Sheet) -> Iterable[list[Value]]:
    yield [_("月份"), str(COLUMNS["raised"])]
    for bar in sheet.trend:
        yield [bar.label, bar.number]


def _write(book: Any, name: str, rows: Iterable[list[Value]]) -> None:
    """Write a sheet; a hidden number is a sign, never an empty cell nor a zero."""
    page = book.add_worksheet(name)
    page.set_column(0, 0, _WIDE)
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(at, place, value)
            else:
                page.write_string(at, place, KEPT_BACK if value is None else value)
