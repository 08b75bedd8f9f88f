"""What is taken, and what a file is by its content. Its name proves nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused


MOST_BYTES: Final = 20 * 1024 * 1024
# By one person to one thing; then all together.
MOST_FILES: Final = 10
MOST_TOGETHER: Final = 60
MOST_BYTES_TOGETHER: Final = 300 * 1024 * 1024


class FileRefused(Refused):
    """This file cannot be taken, for a reason a person can act on."""

    def __init__(self, message: str, *, field: str | None = "files") -> None:
        """Stand beside the field where files are chosen."""
        super().__init__(message, field=field)


class Kind(StrEnum):
    """The kinds of file that are taken."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    PDF = "PDF"
    DOCX = "DOCX"
    XLSX = "XLSX"
    TXT = "TXT"
    M4A = "M4A"
    MP3 = "MP3"
    AMR = "AMR"
    WAV = "WAV"


@dataclass(frozen=True)
class Format:
    """How files of a kind are named and served."""

    extension: str
    content_type: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
FORMATS: Final = {
    Kind.JPEG: Format("jpg", "image/jpeg"),
    Kind.PNG: Format("png", "image/png"),
    Kind.WEBP: Format("webp", "image/webp"),
    Kind.PDF: Format("pdf", "application/pdf"),
    Kind.DOCX: Format("docx", f"{_OFFICE}.wordprocessingml.document"),
    Kind.XLSX: Format("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    Kind.TXT: Format("txt", "text/plain; charset=utf-8"),
    Kind.M4A: Format("m4a", "audio/mp4"),
    Kind.MP3: Format("mp3", "audio/mpeg"),
    Kind.AMR: Format("amr", "audio/amr"),
    Kind.WAV: Format("wav", "audio/wav"),
}
IMAGES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
SOUNDS: Final = frozenset({Kind.M4A, Kind.MP3, Kind.AMR, Kind.WAV})

ZIP: Final = b"PK\3\4"
_BEGINNINGS: Final = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"%PDF-": Kind.PDF,
    b"ID3": Kind.MP3,
    b"#!AMR": Kind.AMR,
}
_MP3_FRAME: Final = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")
_APPLE_PHOTO: Final = re.compile(rb"(?s).{4}ftyp(hei|hev|mif1|msf1|avi[fs])")
_SOUND_BOX: Final = re.compile(rb"(?s).{4}ftyp(M4A |M4B |mp4\d|iso\w)")
_PICTURES_INSIDE: Final = re.compile(rb"(?s)hdlr.{8}vide")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"


def recognise(content: bytes) -> Kind | None:
    """
    Return the kind that the first bytes tell; None for text and for zip archives.

    :raises FileRefused: if it is something known that is not taken.
    """
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF"):
        return {b"WEBP": Kind.WEBP, b"WAVE": Kind.WAV}.get(content[8:12])
    if _MP3_FRAME.match(content):
        return Kind.MP3
    if _SOUND_BOX.match(content):
        if _PICTURES_INSIDE.search(content):
            raise FileRefused(_("暂不收视频，请换成照片或录音。"))
        return Kind.M4A
    _refuse_known(content)
    return None


def _refuse_known(content: bytes) -> None:
    if _APPLE_PHOTO.match(content):
        raise FileRefused(
            _(
                "这是 HEIC 格式的照片，暂时不能收。请在手机“设置－相机－格式”里"
                "选“兼容性最佳”后重拍，或把照片截屏后再传。"
            )
        )
    if content.startswith((b"GIF87a", b"GIF89a")):
        raise FileRefused(_("暂不收动图，请换成照片。"))
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(
            _("这是旧格式或加了密码的 Office 文件，请另存为 docx、xlsx 或 PDF 后再传。")
        )


def unknown() -> FileRefused:
    """Return the refusal of what is nothing we know."""
    return FileRefused(
        _(
            "这种文件不能收。可以传：照片（jpg、png、webp）、PDF、Word（docx）、"
            "Excel（xlsx）、文本（txt）、录音（m4a、mp3、amr、wav）。"
        )
    )
