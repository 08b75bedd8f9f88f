"""Opens a spreadsheet in a process of its own, small enough to be lost: see ledger_files."""

import datetime
import io
import json
import pathlib
import resource
import sys

import python_calamine as calamine


Cell = float | str | datetime.time | datetime.date | datetime.timedelta

MEMORY = 2 << 30
SECONDS = 120
MAX_TEXT = 33_000
MAX_MERGES = 20_000


def main(path: str, most_rows: int) -> None:
    """Print every sheet as JSON lines: a name, then its rows; at last ``"end"``."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = calamine.load_workbook(io.BytesIO(pathlib.Path(path).read_bytes()))
    except calamine.PasswordError:
        say({"fault": "password"})
        return
    left = most_rows
    for about in book.sheets_metadata:
        if about.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        visible = about.visible is calamine.SheetVisibleEnum.Visible
        if not visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        say({"sheet": about.name, "rows": sheet.total_height})
        left = print_rows(sheet, left)
        if left < 0:
            say({"fault": "rows"})
            return
    say({"end": True})


def print_rows(sheet: calamine.CalamineSheet, left: int) -> int:
    """Print the rows that hold anything; return how many more may come."""
    first = sheet.start[1] if sheet.start else 0
    merges = sorted((sheet.merged_cell_ranges or [])[:MAX_MERGES], reverse=True)
    running: list[tuple[int, int, int, Cell]] = []
    for number, cells in enumerate(sheet.iter_rows()):
        while merges and merges[-1][0][0] <= number:
            (top, start), (bottom, end) = merges.pop()
            start, end = start - first, min(end - first, len(cells) - 1)
            if top == number and 0 <= start <= end:
                running.append((bottom, start, end, cells[start]))
        for _bottom, start, end, value in running:
            cells[start : end + 1] = [value] * (end - start + 1)
        running = [one for one in running if one[0] > number]
        if any(cell != "" for cell in cells):
            left -= 1
            if left < 0:
                break
            say([number + 1, [plain(cell) for cell in cells]])
    return left


def plain(cell: object) -> object:
    """Return the cell in a form that JSON can carry."""
    if isinstance(cell, str):
        return cell[:MAX_TEXT]
    if isinstance(cell, datetime.datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, datetime.date):
        return ["day", cell.isoformat()]
    if isinstance(cell, (datetime.time, datetime.timedelta)):
        return ["time", str(cell)]
    return cell


def say(what: object) -> None:
    """Print one line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
