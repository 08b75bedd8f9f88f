import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from shuoshi.matters.queries import ledger_files
from shuoshi.matters.queries.ledger_files import ledger_lines
from shuoshi.matters.rules.ledger import LedgerRefused, LedgerRow
from tests.matters.ledgers import HEADS, good_row, read, write_book


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path):
    with pytest.raises(LedgerRefused) as caught:
        list(ledger_lines(path))
    return caught.value.message


def test_cells_keep_their_kind(tmp_path):
    moment = datetime(2025, 3, 5, 9, 30)  # noqa: DTZ001 - as spreadsheets have it
    cells = ["文字", 12, 1.5, True, date(2025, 3, 5), moment, None, "尾"]
    path = write_book(tmp_path / "a.xlsx", cells)
    (line,) = ledger_lines(path)

    assert (line.sheet, line.row) == ("台账", 1)
    assert line.cells == [cell or "" for cell in cells]


def test_a_formula_is_never_worked_out(tmp_path):
    (line,) = ledger_lines(write_book(tmp_path / "a.xlsx", ["甲", "=1+1", "乙"]))

    assert line.cells == ["甲", "", "乙"]


def ods(path, rows):
    table = f'<table:table table:name="台账">{rows}</table:table>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(cells, *, times=1):
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{inside}</table:table-row>'


def test_an_open_document_is_read(tmp_path):
    row = good_row(来访日期="2025.3.5", 答复日期="2025.3.7")
    path = ods(tmp_path / "a.ods", ods_row(HEADS) + ods_row(row))

    assert [verdict.number for verdict in read(ledger_lines(path))] == ["1"]


def test_an_open_document_that_repeats_itself_without_end_is_refused(tmp_path):
    path = ods(tmp_path / "a.ods", ods_row(HEADS) + ods_row(["1"] * 9, times=10**9))

    assert refused(path)


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx", ["某矿台账"], [], list(HEADS), [], good_row()
    )

    assert [line.row for line in ledger_lines(path)] == [1, 3, 5]
    assert [verdict.row for verdict in read(ledger_lines(path))] == [5]


def test_merged_cells_stand_in_every_row_they_cover(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["某矿台账"])
    sheet.merge_cells("A1:M1")
    for row in (
        list(HEADS),
        good_row(),
        good_row(编号="2", 来访日期="", 反映事项="食堂太远"),
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    first, second = read(ledger_lines(tmp_path / "a.xlsx"))

    assert first.raised == second.raised


def test_hidden_sheets_stay_out(tmp_path):
    book = Workbook()
    book.active.append(list(HEADS))
    book.active.append(good_row())
    hidden = book.create_sheet("去年")
    hidden.append(list(HEADS))
    hidden.append(good_row(编号="2"))
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    assert len(list(read(ledger_lines(tmp_path / "a.xlsx")))) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        ("编号,来访日期\n1,2025.3.5\n".encode(), "CSV"),
        ("编号,来访日期\n1,2025.3.5\n".encode("gb18030"), "CSV"),
        ("编号,来访日期\n".encode("utf-16"), "CSV"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ('\ufeff<?xml version="1.0"?><Workbook/>'.encode(), "网页"),
        (b"%PDF-1.7\n\x00\x01\x02", "不是 Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是 Excel"),
        (b"PK\x03\x04 not really", "损坏"),
        (OLE, "损坏"),
        (OLE + b"\x00" * 5000, "损坏"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
    ids=range(12),
)
def test_another_file_is_refused_with_the_way_out(tmp_path, content, reason):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)

    assert reason in refused(path)


def zip_of(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def test_another_archive_is_refused(tmp_path):
    assert "不是 Excel" in refused(
        zip_of(tmp_path / "a.xlsx", word__document_xml=b"<w/>")
    )
    assert ".xlsx" in refused(zip_of(tmp_path / "b.xlsx", xl__workbook_bin=b"?"))
    assert "损坏" in refused(zip_of(tmp_path / "c.xlsx", xl__workbook_xml=b"<broken"))


def test_a_locked_archive_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.xlsx", xl__workbook_xml=b"<workbook/>")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert "密码" in refused(path)


def test_an_archive_that_swells_is_refused(tmp_path):
    bomb = zip_of(
        tmp_path / "a.xlsx",
        xl__workbook_xml=b"<workbook/>",
        xl__worksheets__sheet1_xml=b"\0" * (30 << 20),
    )

    assert "太大" in refused(bomb)


def test_a_cell_in_the_far_corner_does_not_fill_the_memory(tmp_path):
    book = Workbook()
    for row in (list(HEADS), good_row()):
        book.active.append(row)
    book.active["XFD1048576"] = "!"
    book.save(tmp_path / "a.xlsx")

    assert "无法打开" in refused(tmp_path / "a.xlsx")


def test_a_file_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_files, "MAX_BYTES", 2 << 20)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(3 << 20))

    assert "超过 2 MB" in refused(path)


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_files, "MAX_ROWS", 3)
    path = write_book(tmp_path / "a.xlsx", list(HEADS), *[good_row()] * 3)

    assert "超过 3 行" in refused(path)


def test_a_book_cut_short_is_refused(tmp_path):
    whole = io.BytesIO()
    book = Workbook()
    book.active.append(list(HEADS))
    book.save(whole)
    path = tmp_path / "a.xlsx"
    for share in (3, 2):
        path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // share])
        assert "损坏" in refused(path)


def test_whoever_stops_reading_leaves_no_process_behind(tmp_path):
    path = write_book(tmp_path / "a.xlsx", list(HEADS), *[good_row()] * 2000)
    lines = ledger_lines(path)
    next(lines)
    lines.close()

    with pytest.raises(StopIteration):
        next(lines)


def test_markup_and_odd_signs_come_through(tmp_path):
    said = '<b>&amp;\u202e"请修路"</b> 𠮷 😀 _x0041_'
    path = write_book(tmp_path / "a.xlsx", list(HEADS), good_row(反映事项=said))
    (row,) = read(ledger_lines(path))

    assert isinstance(row, LedgerRow)
    assert row.request.startswith("<b>&amp;")
    assert "𠮷 😀" in row.request


def test_an_archive_of_many_parts_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_files, "MAX_PARTS", 3)
    path = write_book(tmp_path / "a.xlsx", list(HEADS))

    assert "太大" in refused(path)
