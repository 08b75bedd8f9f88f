"""A PDF is its pages: nothing of who made it, of older versions, of what is hung on."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from shuoshi.files.queries import papers
from shuoshi.files.queries.papers import bare_paper
from shuoshi.files.queries.uploads import taken_in
from shuoshi.files.rules.kinds import FileRefused, Kind
from tests.files import samples


MARK = b"TELLTALE"


def paper(*, pages=2, photo=b""):
    writer = PdfWriter()
    for number in range(pages):
        page = writer.add_blank_page(200, 300)
        words = DecodedStreamObject()
        words.set_data(b"BT (page %d) Tj ET" % number)
        page[NameObject("/Contents")] = writer._add_object(words)
        page[NameObject("/LastModified")] = TextStringObject("TELLTALE")
        page[NameObject("/PieceInfo")] = DictionaryObject(
            {NameObject("/X"): TextStringObject("TELLTALE")}
        )
    note = FreeText(text="漏风", rect=(10, 10, 50, 50))
    note[NameObject("/T")] = TextStringObject("TELLTALE")
    note[NameObject("/M")] = TextStringObject("TELLTALE")
    writer.add_annotation(0, note)
    # Saved over and over, a PDF carries what it was before.
    writer._add_object(TextStringObject("TELLTALE, struck out"))
    writer.add_metadata({"/Author": "TELLTALE", "/Creator": "TELLTALE"})
    xmp = DecodedStreamObject()
    xmp.set_data(b"<x>TELLTALE</x>")
    writer._root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    if photo:
        drawn = StreamObject()
        drawn._data = photo
        drawn[NameObject("/Subtype")] = NameObject("/Image")
        drawn[NameObject("/Filter")] = NameObject("/DCTDecode")
        drawn[NameObject("/Width")] = drawn[NameObject("/Height")] = NameObject("/x")
        held = DictionaryObject({NameObject("/I"): writer._add_object(drawn)})
        writer.pages[0]["/Resources"][NameObject("/XObject")] = held
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_the_pages_stay_and_their_makers_go():
    told = paper(photo=samples.picture("JPEG", exif=samples.telltale_exif()))

    kept = bare_paper(told)

    assert MARK in told
    assert MARK not in kept
    pages = PdfReader(BytesIO(kept)).pages
    assert [page.get_contents().get_data() for page in pages] == [
        b"BT (page 0) Tj ET",
        b"BT (page 1) Tj ET",
    ]
    assert pages[0]["/Annots"][0].get_object()["/Contents"] == "漏风"
    assert not PdfReader(BytesIO(kept)).metadata
    assert b"/ID" not in kept


def test_an_upload_is_written_anew():
    clean = taken_in(SimpleUploadedFile("情况.pdf", paper()))

    assert clean.kind is Kind.PDF
    assert MARK not in clean.content
    assert clean.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\nnothing", b"%PDF-1.7\n%%EOF", samples.PDF, paper(pages=1)[:300]],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(content):
    with pytest.raises(FileRefused, match=r"情况\.pdf.*打印为 PDF"):
        taken_in(SimpleUploadedFile("情况.pdf", content))


def test_what_needs_a_password_is_refused():
    writer = PdfWriter(clone_from=BytesIO(paper()))
    writer.encrypt("x", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)

    with pytest.raises(FileRefused, match="密码"):
        bare_paper(written.getvalue())


def test_a_paper_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(papers, "PATIENCE", 0.01)

    with pytest.raises(FileRefused, match="打印为 PDF"):
        bare_paper(paper())
