"""Invented ledgers: lines for the rules, workbooks for the reader."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from shuoshi.matters.rules.ledger import LedgerReading, LedgerRow, Line, Rejection


ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 22)
# Real ledgers to try on, where the machine has them.
REAL = Path(__file__).parents[3] / "shared" / "data"

HEADS = {
    "编号": "1",
    "来访日期": date(2025, 3, 5),
    "反映人": "钱进",
    "联系电话": "13900000001",
    "所在单位": "综采一队",
    "反映渠道": "来访",
    "事项类别": "后勤",
    "反映事项": "澡堂的热水到晚班就没有了",
    "承办单位": "后勤服务中心",
    "办理情况及答复": "锅炉已加开一班，晚班有热水",
    "答复日期": date(2025, 3, 7),
    "是否办结": "是",
    "满意度": "满意",
}


def good_row(**changes: object) -> list[object]:
    return list((HEADS | changes).values())


def as_lines(*rows: list[object], sheet: str = "台账", start: int = 1) -> list[Line]:
    return [
        Line(sheet, number, cells)
        for number, cells in enumerate(rows, start=start)
        if any(cell != "" for cell in cells)
    ]


def ledger(*rows: list[object], heads: list[str] | None = None) -> list[Line]:
    return as_lines(list(heads or HEADS), *rows)


def read(lines: list[Line]) -> LedgerReading:
    return LedgerReading(lines, today=TODAY, zone=ZONE)


def verdicts(lines: list[Line]) -> list[str]:
    """Return what became of each row: "ok", "repeat" or the column to blame."""
    return [
        "ok"
        if isinstance(verdict, LedgerRow)
        else verdict.column
        if isinstance(verdict, Rejection)
        else "repeat"
        for verdict in read(lines)
    ]


def only_row(lines: list[Line]) -> LedgerRow:
    (row,) = read(lines)
    assert isinstance(row, LedgerRow), row
    return row


def write_book(path: Path, *rows: list[object], title: str = "台账") -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
