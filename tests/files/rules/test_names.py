import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.files.rules.kinds import Kind
from shuoshi.files.rules.names import download_headers, shown_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("照片.jpg", "照片.pdf"),
        ("C:\\Users\\张三\\现场 图.PDF", "现场 图.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a.b.c.docx", "a.b.c.pdf"),
        ("无后缀", "无后缀.pdf"),
        ("", "附件.pdf"),
        (".htaccess", "附件.pdf"),
        ("...", "附件.pdf"),
        ("/", "附件.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("a\r\nSet-Cookie: b\0.pdf", "a Set-Cookie: b.pdf"),
        ("长" * 300 + ".pdf", "长" * 60 + ".pdf"),
        ("e\u0301te.pdf", "\u00e9te.pdf"),
        ("CON.txt", "附件.pdf"),
        ("lpt1", "附件.pdf"),
        ("nul.tar.gz", "附件.pdf"),
        ("COM1 说明.pdf", "COM1 说明.pdf"),
    ],
)
def test_names_are_fit_to_show(given_name, shown):
    assert shown_name(given_name, Kind.PDF) == shown


@given(st.text())
def test_any_name_becomes_a_plain_one(given_name):
    shown = shown_name(given_name, Kind.JPEG)

    assert shown.endswith(".jpg")
    assert 5 <= len(shown) <= 64
    assert not set(shown) & set("/\\\n\r\0\u202e")


def test_headers_give_a_file_no_way_to_act():
    headers = download_headers(Kind.JPEG, 1, number="2026-0001")

    assert headers == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": (
            'attachment; filename="2026-0001-attachment-1.jpg";'
            " filename*=UTF-8''2026-0001-%E9%99%84%E4%BB%B61.jpg"
        ),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_headers_can_be_sent(kind):
    response = HttpResponse(b"", headers=download_headers(kind, 12))

    assert response["Content-Type"].split("/")[0] in {
        *("image", "application", "audio", "text")
    }
