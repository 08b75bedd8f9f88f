from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from shuoshi.files.rules.kinds import FileRefused, Kind
from shuoshi.files.rules.office import office_kind
from tests.files import samples
from tests.files.samples import office, zipped


TYPES = "[Content_Types].xml"


def unpacks_to(size):
    return office(more=[("word/media/blank.bin", b"\0" * size)])


def lying():
    """An archive whose directory promises less than there is inside."""
    content = office(more=[("word/a.bin", b"\0" * 5000)])
    size = (5000).to_bytes(4, "little")
    return content.replace(size, (50).to_bytes(4, "little"))


def overlapping():
    """Two names in the directory for the bytes of one file."""
    content = bytearray(office(more=[("word/one.bin", bytes(range(256)) * 40)]))
    with ZipFile(BytesIO(content)) as archive:
        large = archive.getinfo("word/one.bin").compress_size
        small = archive.getinfo("word/document.xml").compress_size
    place = content.rindex(b"word/document.xml") - 26
    assert content[place : place + 4] == small.to_bytes(4, "little")
    content[place : place + 4] = (large + len(content)).to_bytes(4, "little")
    return bytes(content)


def encrypted():
    content = bytearray(office())
    for mark, offset in [(b"PK\3\4", 6), (b"PK\1\2", 8)]:
        place = content.index(mark)
        content[place + offset] |= 1
    return bytes(content)


def doubled():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return office(more=[("word/a.xml", "one"), ("word/a.xml", "two")])


def test_documents_are_told_by_their_types():
    assert office_kind(office()) == Kind.DOCX
    assert office_kind(office("spreadsheetml.sheet")) == Kind.XLSX
    assert office_kind(samples.real_workbook()) == Kind.XLSX


@pytest.mark.parametrize(
    "content",
    [
        zipped([("a.txt", "a")]),
        zipped([]) + b"PK\3\4",
        zipped([(TYPES, "<Types/>")]),
        office("presentationml.presentation"),
        zipped([("META-INF/MANIFEST.MF", "x"), ("a.class", "x")]),
    ],
)
def test_other_archives_are_refused(content):
    with pytest.raises(FileRefused, match=r"这种文件不能收|是坏的"):
        office_kind(content)


@pytest.mark.parametrize(
    "content",
    [
        office(more=[("word/vbaProject.bin", "x")]),
        office(more=[("XL/VBAPROJECT.BIN", "x")]),
        office(more=[("word/activeX/activeX1.xml", "x")]),
        office(types='<Default ContentType="application/vnd.ms-office.vbaProject"/>'),
        office("wordprocessingml.document.macroEnabled"),
        office(types="application/vnd.ms-word.document.macroEnabled.main+xml"),
    ],
)
def test_macros_and_controls_are_refused(content):
    with pytest.raises(FileRefused, match="宏或控件"):
        office_kind(content)


@pytest.mark.parametrize(
    "content",
    [
        unpacks_to(60 * 1024 * 1024),
        office(more=[(f"word/{number}.xml", "") for number in range(2001)]),
        overlapping(),
    ],
    ids=["dense", "many", "overlapping"],
)
def test_bombs_are_refused(content):
    with pytest.raises(FileRefused, match="大得不正常"):
        office_kind(content)


def test_a_sheet_full_of_blanks_is_no_bomb():
    assert office_kind(unpacks_to(9 * 1024 * 1024)) == Kind.DOCX


@pytest.mark.parametrize(
    "content",
    [
        lying(),
        encrypted(),
        doubled(),
        office()[:-30],
        office()[:100],
        b"PK\3\4",
        zipped([(TYPES, "x" * 500)], compression=ZIP_STORED).replace(b"xxxx", b"yyyy"),
    ],
    ids=["lying", "encrypted", "doubled", "cut", "stub", "mark", "checksum"],
)
def test_damaged_documents_are_refused(content):
    with pytest.raises(FileRefused, match="是坏的"):
        office_kind(content)
