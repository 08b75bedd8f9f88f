"""Take a ledger out as an Excel file that can be brought in again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.readings import note_named
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.ledger_export import Cell, ledger_lines_of
from shuoshi.matters.rules.ledger_columns import Column
from shuoshi.matters.rules.ledger_texts import MAX_CELL
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


# Offices and the import know the ledger by its Chinese heads, whatever the reader speaks.
LANGUAGE: Final = "zh-hans"
WIDTHS: Final = {
    Column.NUMBER: 11,
    Column.RAISED: 16,
    Column.NAME: 9,
    Column.CONTACT: 14,
    Column.PLACE: 14,
    Column.CHANNEL: 9,
    Column.CATEGORY: 10,
    Column.REQUEST: 46,
    Column.UNIT: 16,
    Column.REPLY: 46,
    Column.ANSWERED: 16,
    Column.FINISHED: 9,
    Column.GRADE: 10,
}
_A4: Final = 9
# What a spreadsheet takes for a formula, should someone edit the cell.
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")

Progress = Callable[[int], None]


def _silent(_done: int) -> None:
    """Tell nobody."""


class LedgerTooLong(Refused):
    """So many lines are no table for a person."""


def export_ledger(
    matters: QuerySet[Matter],
    path: Path,
    *,
    mine_id: int,
    title: str,
    by: Standing,
    now: datetime,
    most: int | None = None,
    progress: Progress = _silent,
) -> int:
    """
    Write the matters into an Excel file, in their order, and put that on record.

    Whoever passes the matters has asked what this person sees; what they may read of
    each is asked here. Returns how many lines were written.

    :raises LedgerTooLong: if it would be more lines than were asked for at most.
    """
    if most is not None and matters.count() > most:
        raise LedgerTooLong(
            _("超过 %(most)d 件，请缩小筛选范围，比如一次导出一年。") % {"most": most}
        )
    with override(LANGUAGE):
        rows, named = _write(matters, path, title=title, by=by, progress=progress)
    note_named(named, mine_id=mine_id, by=by, now=now, why="export")
    note(
        "ledger.exported",
        mine_id=mine_id,
        by=by.on_record,
        at=now,
        detail={"rows": rows, "title": title, "named": len(named)},
    )
    return rows


def _write(
    matters: QuerySet[Matter],
    path: Path,
    *,
    title: str,
    by: Standing,
    progress: Progress,
) -> tuple[int, list[UUID]]:
    """Return how many lines were written, and which bear the name of the speaker."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            # A row is on disk before the next one is made.
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    pen = _Pen(book, title)
    rows, named = 0, []
    with book:
        for rows, line in enumerate(ledger_lines_of(matters, reader=by), start=1):
            pen.write(rows, line.cells)
            if line.named:
                named.append(line.named)
            progress(rows)
        pen.sheet.autofilter(0, 0, rows, len(Column) - 1)
    return rows, named


class _Pen:
    """The sheet with its heads, widths, formats and print set-up."""

    def __init__(self, book: Any, title: str) -> None:
        body = {"text_wrap": True, "valign": "top", "border": 1}
        self.text = book.add_format(body)
        self.quoted = book.add_format(body | {"quote_prefix": True})
        self.day = book.add_format(body | {"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format(body | {"num_format": "yyyy-mm-dd hh:mm"})
        self.sheet = book.add_worksheet("接访台账")
        self._set_up(title)
        head = book.add_format(
            body | {"bold": True, "align": "center", "bg_color": "#F0F0F0"}
        )
        for at, column in enumerate(Column):
            self.sheet.set_column(at, at, WIDTHS[column])
            self.sheet.write_string(0, at, column, head)

    def _set_up(self, title: str) -> None:
        sheet = self.sheet
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
        # The title is printed on every page and is no line of the sheet.
        safe = title.replace("&", "&&")[:200]
        sheet.set_header(f"&C&14{safe}")
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def write(self, row: int, line: dict[Column, Cell]) -> None:
        """Write one line; a text stays a text, whatever it begins with."""
        for at, column in enumerate(Column):
            cell = line[column]
            if isinstance(cell, datetime):
                whole = not (cell.hour or cell.minute or cell.second)
                self.sheet.write_datetime(
                    row, at, cell, self.day if whole else self.moment
                )
            elif cell:
                self.sheet.write_string(row, at, _fitting(cell), self._format(cell))
            else:
                self.sheet.write_blank(row, at, None, self.text)

    def _format(self, text: str) -> Any:
        return self.quoted if text.startswith(_FORMULA_SIGNS) else self.text


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
