"""Files as people and attackers send them, all made here."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MP3 = b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 20
BARE_MP3 = b"\xff\xfb\x90\0" * 20
AMR = b"#!AMR\n" + b"\x3c" * 32
WAV = b"RIFF\x28\0\0\0WAVEfmt \x10\0\0\0" + b"\1\0" * 8 + b"data\4\0\0\0" + b"\0" * 4
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0" + b"\0" * 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
VIDEO = (
    b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"hdlr" + b"\0" * 8 + b"vide" + b"\0" * 9
)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def picture(kind="JPEG", size=(60, 40), *, mode="RGB", colour=(200, 30, 30), **how):
    written = BytesIO()
    Image.new(mode, size, colour).save(written, kind, **how)
    return written.getvalue()


def telltale_exif():
    """A place, a device, a date and an orientation (turned by 90 degrees)."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "TELLTALE-MAKER"
    exif[0x9003] = "2026:03:04 05:06:07"
    exif.get_ifd(0x8825)[1] = "TELLTALE-NORTH"
    return exif


def zipped(entries, *, compression=ZIP_DEFLATED):
    written = BytesIO()
    with ZipFile(written, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return written.getvalue()


def office(main="wordprocessingml.document", *, more=(), types=""):
    content_types = (
        f'<Types><Override ContentType="{MAIN.format(main)}"/>{types}</Types>'
    )
    body = ("word/document.xml", "<w:document>巷道</w:document>")
    return zipped([("[Content_Types].xml", content_types), body, *more])


def real_paper(pages=1):
    written = BytesIO()
    paper = PdfWriter()
    for _page in range(pages):
        paper.add_blank_page(200, 300)
    paper.write(written)
    return written.getvalue()


def real_workbook():
    written = BytesIO()
    book = Workbook()
    book.active.append(["姓名", "事项"])
    book.save(written)
    return written.getvalue()


def enormous_png(width, height):
    """A header that promises more pixels than a machine has memory."""

    def chunk(name, content):
        check = zlib.crc32(name + content)
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(b"\0" * 100)),
            chunk(b"IEND", b""),
        ]
    )
