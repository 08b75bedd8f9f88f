"""From a file that somebody hands in to the lines of its sheets, whatever the file is."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.matters.rules.ledger import LedgerRefused, Line


MAX_BYTES: Final = 50 * 1024 * 1024
MAX_UNPACKED: Final = 1024 * 1024 * 1024
MAX_PARTS: Final = 5_000
MAX_ROWS: Final = 200_000
_MAX_RATIO: Final = 250  # honest sheets shrink to a tenth or a twentieth
_RATIO_FROM: Final = 20 * 1024 * 1024

_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_CHILD: Final = Path(__file__).with_name("ledger_child.py")


def ledger_lines(path: Path, *, most_rows: int | None = None) -> Iterator[Line]:
    """
    Yield the lines of every visible sheet that hold anything.

    A spreadsheet can make its reader allocate without bound or crash, so a process with
    its own limits opens it.

    :raises LedgerRefused: when the file is no spreadsheet that can be read.
    """
    check_file(path)
    most = MAX_ROWS if most_rows is None else most_rows
    child = subprocess.Popen(  # noqa: S603 - our own file, our own interpreter
        [sys.executable, "-I", str(_CHILD), str(path), str(most)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        yield from _spoken(child, most)
    finally:
        child.kill()
        if child.stdout:
            child.stdout.close()
        child.wait()


def _spoken(child: "subprocess.Popen[bytes]", most: int) -> Iterator[Line]:
    sheet, last, ended = "", 0, False
    for said in child.stdout or ():
        what = json.loads(said)
        if isinstance(what, list):
            yield Line(sheet, what[0], [_cell(cell) for cell in what[1]], last)
        elif "sheet" in what:
            sheet, last = what["sheet"], what["rows"]
        elif "fault" in what:
            raise LedgerRefused(_fault(what["fault"], most))
        else:
            ended = True
    if not ended:
        raise LedgerRefused(_("文件已损坏，或者大得无法打开"))


def _fault(kind: str, most: int) -> str:
    if kind == "rows":
        return _("超过 %(most)d 行，请按年份分开导入") % {"most": most}
    return _password()


def _password() -> str:
    return _("文件有密码，请先取消密码再导入")


def _cell(cell: object) -> object:
    if not isinstance(cell, list):
        return cell
    kind, text = cell
    if kind == "moment":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if kind == "day" else timedelta()


def check_file(path: Path) -> None:
    """
    Refuse a file by its size and its first bytes, before anything opens it.

    :raises LedgerRefused: with the way out where there is one.
    """
    size = path.stat().st_size
    if size == 0:
        raise LedgerRefused(_("文件是空的"))
    if size > MAX_BYTES:
        raise LedgerRefused(
            _("文件超过 %(most)d MB，请按年份分开导入") % {"most": MAX_BYTES >> 20}
        )
    with path.open("rb") as file:
        start = file.read(4096)
        if start.startswith(_OLD_EXCEL):
            file.seek(0)
            if _ENCRYPTED in file.read():
                raise LedgerRefused(_password())
            return
    if start.startswith(b"PK"):
        _check_archive(path)
        return
    raise LedgerRefused(_what_instead(start))


def _what_instead(start: bytes) -> str:
    head = start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if head.startswith(
        (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")
    ):
        return _("这是网页或 XML，不是 Excel 文件：请用表格软件打开，另存为 .xlsx")
    if b"\0" not in start.replace(
        b"\0", b"", start.count(b"\0") if start[:2] == b"\xff\xfe" else 0
    ):
        return _("这是文本或 CSV，不是 Excel 文件：请用表格软件打开，另存为 .xlsx")
    return _("这不是 Excel 文件（.xlsx、.xls 或 .ods）")


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            kind = (
                archive.read("mimetype")[:100]
                if "mimetype" in archive.NameToInfo
                else b""
            )
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        KeyError,
    ):
        raise LedgerRefused(_("文件已损坏，打不开")) from None
    if any(part.flag_bits & 1 for part in parts):
        raise LedgerRefused(_password())
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise LedgerRefused(_("请把文件另存为 .xlsx 再导入"))
    if "xl/workbook.xml" not in names and b"opendocument.spreadsheet" not in kind:
        raise LedgerRefused(_("这不是 Excel 文件（.xlsx、.xls 或 .ods）"))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise LedgerRefused(_("文件解开后太大，不能打开"))
    if any(_swells(part) for part in parts):
        raise LedgerRefused(_("文件解开后太大，不能打开"))


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * max(
        part.compress_size, 1
    )
