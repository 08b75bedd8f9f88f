import stat
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.files.rules.insides import CHUNK, check_names
from shuoshi.files.rules.kinds import FileRefused, Kind
from shuoshi.files.rules.office import office_kind
from tests.files import samples
from tests.files.samples import office, zipped


RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rels(kind, target, mode="External"):
    return (
        f'<Relationships><Relationship Id="r1" Type="{OFFICE}/{kind}"'
        f' Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://evil.example/a.dotm"),
        ("image", "http://evil.example/seen.png"),
        ("oleObject", "file:///c:/a.xls"),
        ("externalLinkPath", "other.xlsx"),
        ("frame", "\\\\evil\\share"),
    ],
)
def test_what_fetches_from_elsewhere_is_refused(kind, target):
    with pytest.raises(FileRefused, match="引用了别处"):
        office_kind(office(more=[(RELS, rels(kind, target))]))


def test_links_written_with_references_are_read_as_a_reader_would():
    hidden = rels("image", "http://evil.example/").replace("External", "Extern&#97;l")

    with pytest.raises(FileRefused, match="引用了别处"):
        office_kind(office(more=[(RELS, hidden)]))


def test_workbooks_that_ask_other_programs_are_refused():
    more = [
        (
            "xl/externalLinks/externalLink1.xml",
            "<externalLink><ddeLink/></externalLink>",
        )
    ]

    with pytest.raises(FileRefused, match="引用了别处"):
        office_kind(office("spreadsheetml.sheet", more=more))


def test_a_link_to_click_and_a_picture_inside_are_taken():
    clicked = rels("hyperlink", "http://example.org/")
    inside = rels("image", "media/a.png", mode="Internal")
    more = [(RELS, clicked), ("xl/_rels/a.rels", inside)]

    assert office_kind(office(more=more)) == Kind.DOCX


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    "part",
    [
        BOMB,
        BOMB.replace("DOCTYPE", "doctype"),
        BOMB.encode("utf-16"),
        BOMB.encode("utf-16-be"),
        "<!--" + "x" * (CHUNK - 8) + "-->" + BOMB,
        ("<!--" + "x" * (CHUNK // 2 - 12) + "-->" + BOMB).encode("utf-16"),
    ],
    ids=["plain", "small", "utf16", "bare utf16", "across", "across in utf16"],
)
def test_entities_are_refused(part):
    with pytest.raises(FileRefused, match="声明了实体"):
        office_kind(office(more=[("word/a.xml", part)]))


def test_links_that_are_no_xml_are_damage():
    with pytest.raises(FileRefused, match="是坏的"):
        office_kind(office(more=[(RELS, "<Relationships")]))


@pytest.mark.parametrize(
    "inside",
    [
        b"MZ\x90\0",
        b"\x7fELF",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"Rar!\x1a\7",
        b"#!/bin/sh",
        b"7z\xbc\xaf\x27\x1c",
    ],
)
def test_programs_and_old_objects_inside_are_refused(inside):
    with pytest.raises(FileRefused, match="夹着别的文件"):
        office_kind(office(more=[("word/embeddings/one.bin", inside)]))


def test_a_chart_may_carry_its_workbook_and_nothing_deeper():
    workbook = samples.real_workbook()
    nested = office(
        more=[("word/embeddings/a.docx", office(more=[("word/b", workbook)]))]
    )

    assert office_kind(office(more=[("word/embeddings/a.xlsx", workbook)])) == Kind.DOCX
    with pytest.raises(FileRefused, match="夹着别的文件"):
        office_kind(nested)


def test_an_archive_inside_must_be_a_document_without_macros():
    plain = zipped([("a.txt", "a")])
    macros = office(more=[("word/vbaProject.bin", "x")])

    with pytest.raises(FileRefused, match="这种文件不能收"):
        office_kind(office(more=[("word/a.zip", plain)]))
    with pytest.raises(FileRefused, match="宏或控件"):
        office_kind(office(more=[("word/a.docx", macros)]))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "word/../../a",
        "/etc/passwd",
        "C:/a.xml",
        "word\\..\\a.xml",
        "word/con",
        "word/NUL.xml",
        "./a.xml",
    ],
)
def test_paths_that_lead_astray_are_refused(name):
    with pytest.raises(FileRefused, match="不正常的路径"):
        office_kind(office(more=[(name, "x")]))


def test_a_name_cut_short_by_a_zero_is_refused():
    content = office(more=[("word/a.xmlX.exe", "x")])

    with pytest.raises(FileRefused, match="不正常的路径"):
        office_kind(content.replace(b"a.xmlX", b"a.xml\0"))


def test_a_link_in_the_file_system_is_refused():
    written = BytesIO(office())
    with ZipFile(written, "a") as archive:
        entry = ZipInfo("word/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    with pytest.raises(FileRefused, match="不正常的路径"):
        office_kind(written.getvalue())


@given(st.lists(st.sampled_from(["..", ".", "a", "", "con", "C:", "\\", "b.xml"])))
def test_what_passes_stays_below_its_folder(parts):
    name = "/".join(parts)
    try:
        check_names([ZipInfo(name)])
    except FileRefused:
        return

    assert not name.startswith("/")
    assert not {"..", ".", "con", "\\"} & set(name.split("/"))
