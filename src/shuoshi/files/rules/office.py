"""Look into Word and Excel files without believing what they say about themselves."""

import struct
import zlib
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from shuoshi.files.rules.insides import check_names, linked, packed_within
from shuoshi.files.rules.kinds import FileRefused, Kind, unknown


MOST_ENTRIES: Final = 2000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_TYPES: Final = 1024 * 1024
DENSEST: Final = 100
# Small files may be dense: a page of blanks is no bomb.
SMALL: Final = 10 * 1024 * 1024
TYPES: Final = "[Content_Types].xml"
_MAIN: Final = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_ACTIVE_TYPES: Final = (b"macroenabled", b"vbaproject", b"activex", b"macrosheet")
_ACTIVE_NAMES: Final = ("vbaproject.bin", "activex", "macrosheets/")
# Other workbooks, and programs that are asked for values.
_LINKED_NAMES: Final = ("xl/externallinks/",)
_DAMAGED: Final = (
    BadZipFile,
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def office_kind(content: bytes, *, depth: int = 0) -> Kind:
    """
    Return which kind of document a zip archive is.

    :raises FileRefused: if it is another archive, damaged, a bomb, has macros, fetches
        something from elsewhere or carries what is no document.
    """
    # Asked before the directory is read: each of its lines costs memory.
    if content.count(b"PK\1\2") > MOST_ENTRIES:
        raise _bomb()
    try:
        with ZipFile(BytesIO(content)) as archive:
            names, types = _looked_into(archive, len(content), depth)
    except _DAMAGED:
        raise FileRefused(_("这个文件是坏的，打不开。请重新保存后再传。")) from None
    if any(active in types for active in _ACTIVE_TYPES) or any(
        active in name for active in _ACTIVE_NAMES for name in names
    ):
        raise FileRefused(
            _("文件里带有宏或控件，不能收。请另存为普通 docx、xlsx 或 PDF。")
        )
    if any(name.startswith(_LINKED_NAMES) for name in names):
        raise linked()
    for main, kind in _MAIN.items():
        if main in types:
            return kind
    raise unknown()


def _looked_into(archive: ZipFile, packed: int, depth: int) -> tuple[list[str], bytes]:
    """Return the names and the list of types, once size and parts are known to be sane."""
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if _is_bomb(entries, packed):
        raise _bomb()
    if TYPES.lower() not in names:
        raise unknown()
    if len(set(names)) < len(names):
        raise BadZipFile
    check_names(entries)
    for within in packed_within(archive, depth):
        office_kind(within, depth=depth + 1)
    with archive.open(TYPES) as types:
        return names, types.read(MOST_TYPES).lower()


def _is_bomb(entries: list[ZipInfo], packed: int) -> bool:
    unpacked = sum(entry.file_size for entry in entries)
    return (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or unpacked > max(SMALL, packed * DENSEST)
        # More inside than there is: entries lie over each other.
        or sum(entry.compress_size for entry in entries) > packed
    )


def _bomb() -> FileRefused:
    return FileRefused(_("这个文件解开后大得不正常，不能收。"))
