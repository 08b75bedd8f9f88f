"""Nothing that tells who made a file, on what, where or when stays in it."""

import struct
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawing
from PIL import Image

from shuoshi.files.rules.cleaning import cleaned
from shuoshi.files.rules.kinds import SOUNDS, FileRefused, Kind
from shuoshi.files.rules.telltale_office import bare_document
from shuoshi.files.rules.telltale_pictures import bare_picture
from shuoshi.files.rules.telltale_sounds import bare_sound
from tests.files import samples


MARK = "TELLTALE"
RELS = "application/vnd.openxmlformats-package.relationships+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {MARK} -->
<w:document xmlns:w="{W}"><w:body w:rsidR="{MARK}">
<w:p w:rsidRDefault='{MARK}'><w:ins w:id="1" w:author="{MARK} > 张" w:date="{MARK}">
<w:r><w:t xml:space="preserve"> w:author="甲方" 说 &lt;w:date="二〇二六"&gt; </w:t></w:r></w:ins>
<w:commentReference w:id="0"/></w:p></w:body></w:document>"""
COMMENTS = f"""<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{MARK}"
 w:date="{MARK}" w:initials="{MARK}"><w:p><w:r><w:t>风筒漏风</w:t></w:r></w:p></w:comment>
</w:comments>"""
SETTINGS = f'<w:settings xmlns:w="{W}"><w:rsids><w:rsidRoot w:val="{MARK}"/></w:rsids></w:settings>'
ROOT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="t/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="t/core-properties" Target="docProps/core.xml"/>'
    '<Relationship Id="rId3" Type="t/thumbnail" Target="docProps/thumbnail.jpeg"/>'
    "</Relationships>"
)
OVERRIDE = '<Override PartName="/docProps/core.xml" ContentType="core+xml"/>'


def word():
    photo = samples.picture("JPEG", exif=samples.telltale_exif())
    return samples.office(
        types=OVERRIDE,
        more=[
            ("_rels/.rels", ROOT_RELS),
            ("word/comments.xml", COMMENTS),
            ("word/settings.xml", SETTINGS),
            ("word/people.xml", f"<w15:people>{MARK}</w15:people>"),
            ("word/media/image1.jpeg", photo),
            ("docProps/core.xml", f"<cp><dc:creator>{MARK}</dc:creator></cp>"),
            ("docProps/app.xml", f"<Properties><Company>{MARK}</Company></Properties>"),
            ("docProps/custom.xml", f"<Properties>{MARK}</Properties>"),
            ("docProps/thumbnail.jpeg", photo),
        ],
    )


def parts(document):
    with ZipFile(BytesIO(document)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def with_document(text):
    written = BytesIO()
    with ZipFile(BytesIO(word())) as archive, ZipFile(written, "w") as fresh:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == "word/document.xml":
                content = text.encode()
            fresh.writestr(entry.filename, content)
    return written.getvalue()


def test_a_word_file_keeps_its_words_and_not_its_makers():
    kind, kept = cleaned(with_document(DOCUMENT))

    found = parts(kept)
    assert kind is Kind.DOCX
    assert not any(MARK.encode() in part for part in found.values())
    assert not any("docprops" in name.lower() for name in found)
    assert b"docProps" not in found["_rels/.rels"] + found["[Content_Types].xml"]
    assert b"word/document.xml" in found["_rels/.rels"]
    text = found["word/document.xml"].decode()
    # What only looks like a mark stands among the words, and stays there.
    assert ' w:author="甲方" 说 &lt;w:date="二〇二六"&gt; ' in text
    assert '<w:ins w:id="1" w:author="">' in text
    assert "风筒漏风" in found["word/comments.xml"].decode()


def test_no_part_tells_when_it_was_written():
    with ZipFile(BytesIO(bare_document(word()))) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.extra, entry.comment) == (b"", b"")


def test_a_word_file_in_two_bytes_a_letter_is_cleaned_too():
    written = BytesIO()
    with ZipFile(written, "w") as fresh:
        for name, content in parts(with_document(DOCUMENT)).items():
            if name.endswith(".xml"):
                content = content.decode().replace("UTF-8", "UTF-16").encode("utf-16")
            fresh.writestr(name, content)

    found = parts(bare_document(written.getvalue()))

    assert not any(MARK.encode() in part for part in found.values())
    assert "甲方" in found["word/document.xml"].decode()


def workbook():
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = MARK
    book.properties.title = MARK
    sheet = book.active
    sheet.append(["姓名", "事项", 7, "=C1*2"])
    sheet["A1"].comment = Comment("要核实", MARK)
    photo = BytesIO(samples.picture("JPEG", exif=samples.telltale_exif()))
    sheet.add_image(Drawing(photo), "F1")
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_keeps_its_cells_and_not_its_makers():
    assert MARK.encode() in b"".join(parts(workbook()).values())

    kind, kept = cleaned(workbook())

    assert kind is Kind.XLSX
    assert MARK.encode() not in b"".join(parts(kept).values())
    sheet = load_workbook(BytesIO(kept)).active
    assert [cell.value for cell in sheet[1]][:4] == ["姓名", "事项", 7, "=C1*2"]
    assert sheet["A1"].comment.text == "要核实"
    assert len(sheet._images) == 1


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (
            "xl/workbook.xml",
            f'<workbook><x:absPath url="C:\\{MARK}\\"/><a/></workbook>',
        ),
        ("xl/persons/person.xml", f'<person displayName="{MARK}"/>'),
        ("xl/comments/comment1.xml", f"<c><author>{MARK}</author><t>好</t></c>"),
        ("xl/threadedcomments/t1.xml", f'<t dT="{MARK}">好</t>'),
        ("xl/revisions/r.xml", f'<header userName="{MARK}" dateTime="{MARK}"/>'),
        ("xl/worksheets/x.xml", f'<fileSharing userName="{MARK}"/>'),
        ("xl/printerSettings/printerSettings1.bin", MARK),
        ("customXml/item1.xml", f"<x>{MARK}</x>"),
    ],
)
def test_every_corner_of_a_workbook_is_swept(name, part):
    document = samples.office("spreadsheetml.sheet", more=[(name, part)])

    kept = parts(bare_document(document))

    assert not any(MARK.encode() in one for one in kept.values())
    assert ("好" in part) == any("好".encode() in one for one in kept.values())


def test_a_workbook_within_a_document_is_swept_too():
    document = samples.office(more=[("word/embeddings/book.xlsx", workbook())])

    _kind, kept = cleaned(document)

    inside = parts(kept)["word/embeddings/book.xlsx"]
    assert MARK.encode() not in b"".join(parts(inside).values())


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_within_loses_all_but_its_pixels(kind):
    told = samples.picture(kind, exif=samples.telltale_exif(), icc_profile=b"TELLTALE")

    bare = bare_picture(told + MARK.encode())

    assert MARK.encode() in told
    assert MARK.encode() not in bare
    same = [Image.open(BytesIO(one)).convert("RGB").tobytes() for one in (told, bare)]
    assert same[0] == same[1]


def box(kind, body):
    return struct.pack(">I", 8 + len(body)) + kind + body


def recording():
    dates = b"\0\0\0\0" + b"TELLTALE" + b"\0" * 8
    deep = box(b"trak", box(b"tkhd", dates) + box(b"mdia", box(b"mdhd", dates)))
    own = box(b"udta", b"TELLTALE" + box(b"meta", b"TELLTALE"))
    handler = box(b"hdlr", b"\0" * 24 + b"TELLTALE-PHONE\0")
    moov = box(b"moov", box(b"mvhd", dates) + deep + own + handler)
    beginning = box(b"ftyp", b"M4A \0\0\0\0M4A mp42")
    return beginning + box(b"mdat", b"SOUND" * 9) + moov + box(b"uuid", b"TELLTALE" * 3)


TAG = b"ID3\4\0\0\0\0\0\x1e" + b"TIT2TELLTALE" + b"\0" * 18
APE = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + 8, 1, 0) + b"\0" * 8
OLD_TAG = b"TAG" + b"TELLTALE".ljust(125, b"\0")
SOUNDS_TOLD = {
    Kind.MP3: TAG + samples.BARE_MP3 + b"TELLTALE" + APE + OLD_TAG,
    Kind.M4A: recording(),
    Kind.WAV: samples.WAV
    + b"LIST\x0c\0\0\0INFOTELLTALE"
    + b"bext\x08\0\0\0TELLTALE"
    + b"id3 \x08\0\0\0TELLTALE",
}


@pytest.mark.parametrize("kind", SOUNDS_TOLD)
def test_a_recording_keeps_its_sound_and_not_its_tags(kind):
    told = SOUNDS_TOLD[kind]
    assert MARK.encode() in told

    found, kept = cleaned(told)

    assert found is kind
    assert MARK.encode() not in kept
    sound = {Kind.MP3: samples.BARE_MP3, Kind.WAV: samples.WAV, Kind.M4A: b"SOUND" * 9}
    assert sound[kind] in kept
    # In a box nothing moves: the sound is found where the index says.
    assert kind is not Kind.M4A or kept.index(b"SOUND") == told.index(b"SOUND")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"ID3\4\0\0\xff\xff\xff\xff", Kind.MP3),
        (b"ID3\4\0\0\0\0\0\0", Kind.MP3),
        (b"RIFF\4\0\0\0WAVE", Kind.WAV),
        (samples.M4A[:32] + b"\0\0\0\1moov", Kind.M4A),
        (samples.M4A[:32] + b"\0\0\0\x99moov", Kind.M4A),
        (samples.M4A[:32] + b"\0\0\0\1moov" + b"\0" * 8, Kind.M4A),
    ],
)
def test_a_damaged_recording_is_refused(content, kind):
    with pytest.raises(FileRefused, match="录音是坏的"):
        bare_sound(content, kind)


@given(st.sampled_from(sorted(SOUNDS)), st.binary(max_size=200), st.integers(0, 60))
def test_whatever_a_recording_holds_there_is_a_verdict(kind, noise, at):
    told = SOUNDS_TOLD.get(kind, samples.AMR)
    for content in (noise, told[:at] + noise + told[at:], told[:at] + noise):
        with suppress(FileRefused):
            bare_sound(content, kind)


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(["JPEG", "PNG"]))
def test_whatever_a_picture_within_holds_there_is_a_verdict(noise, at, kind):
    told = samples.picture(kind, exif=samples.telltale_exif())
    for content in (told[:2] + noise, told[:at] + noise + told[at:], told[:at]):
        with suppress(ValueError):
            bare_picture(content)


@given(st.text(max_size=300))
def test_whatever_a_part_says_there_is_a_verdict(text):
    document = samples.office(
        more=[("word/header1.xml", text.encode("utf-8", "ignore"))]
    )

    assert "word/header1.xml" in parts(bare_document(document))
