"""Refuse a PDF that acts: scripts, programs to start, files packed within, a password."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import FileRefused


# What a reader would run or open. The names are long enough to mean nothing by chance.
_ACTS: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE)\b"
)
_LOCKED: Final = re.compile(rb"/Encrypt\b")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?s)stream\r?\n(.*?)endstream")
_OF_OBJECTS: Final = re.compile(rb"/ObjStm\b")
_BEFORE: Final = 600
MOST_UNPACKED: Final = 32 * 1024 * 1024


def check_pdf(content: bytes) -> None:
    """
    Refuse a PDF that would do something when it is opened, or that nobody can look into.

    :raises FileRefused: with what to do instead.
    """
    plain = _named(content)
    if _LOCKED.search(plain):
        raise locked()
    if _ACTS.search(plain) or any(
        _ACTS.search(_named(one)) for one in _packed(content)
    ):
        raise FileRefused(
            _(
                "这个 PDF 带有脚本、启动动作或夹带的文件，不能收。"
                "请用“打印为 PDF”重新保存后再传。"
            )
        )


def locked() -> FileRefused:
    """Return the refusal of a PDF that nobody can look into."""
    return FileRefused(_("这个 PDF 加了密码，请去掉密码或另存后再传。"))


def _named(content: bytes) -> bytes:
    """Return the bytes with the escapes of names undone: a J may be written #4A."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _packed(content: bytes) -> Iterator[bytes]:
    """Yield the objects that lie compressed, up to a limit for the whole file."""
    left = MOST_UNPACKED
    for stream in _STREAM.finditer(content):
        before = _named(content[max(0, stream.start() - _BEFORE) : stream.start()])
        about = before[before.rfind(b" obj") :]
        if not _OF_OBJECTS.search(about):
            continue
        if b"/Filter" not in about:
            yield stream[1]
            continue
        unpacking = zlib.decompressobj()
        try:
            objects = unpacking.decompress(stream[1], left)
        except zlib.error:
            raise FileRefused(
                _("这个 PDF 读不懂，请用“打印为 PDF”重新保存。")
            ) from None
        left -= len(objects)
        if left <= 0 or unpacking.unconsumed_tail:
            raise FileRefused(_("这个文件解开后大得不正常，不能收。"))
        yield objects
