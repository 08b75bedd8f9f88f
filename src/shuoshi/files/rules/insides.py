"""Look at every part of a Word or Excel file: its name, its links, what is packed within."""

import re
import stat
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import ZIP, FileRefused
from shuoshi.files.rules.names import DEVICES


CHUNK: Final = 1024 * 1024
MOST_LINKS: Final = 4 * 1024 * 1024
# A chart carries its own little workbook; nothing honest carries more than that.
MOST_WITHIN: Final = 20 * 1024 * 1024
DEEPEST: Final = 1
_XML: Final = (".xml", ".rels", ".vml")
_DECLARES: Final = re.compile(rb"<!(doctype|entity)", re.IGNORECASE)
_OVERLAP: Final = 32
_PROGRAMS: Final = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!")
# Not gzip: old drawings (emz, wmz) are packed with it.
_PACKED: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
# A link that somebody must click is no danger; everything else is fetched unasked.
_CLICKED: Final = "/hyperlink"


def check_names(entries: list[ZipInfo]) -> None:
    """
    Refuse names that lead out of the archive, and what is no plain file.

    :raises FileRefused: if there is one.
    """
    for entry in entries:
        if _leads_astray(entry.orig_filename) or _is_link(entry):
            raise FileRefused(
                _("文件里有不正常的路径，不能收。请用 Office 打开后另存再传。")
            )


def _leads_astray(name: str) -> bool:
    parts = name.split("/")
    return (
        not name
        or "\0" in name
        or "\\" in name
        or name.startswith("/")
        or _DRIVE.match(name) is not None
        or any(part in {".", ".."} or DEVICES.fullmatch(part) for part in parts)
    )


def _is_link(entry: ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in {0, stat.S_IFREG, stat.S_IFDIR}


def packed_within(archive: ZipFile, depth: int) -> Iterator[bytes]:
    """
    Read every part to its end, refuse what does not belong, yield the archives within.

    :raises FileRefused: for programs, entities, links to elsewhere, archives too deep.
    :raises BadZipFile: if a part is damaged.
    """
    for entry in archive.infolist():
        with archive.open(entry) as part:
            first = part.read(CHUNK)
            if first.startswith(_PROGRAMS + _PACKED):
                raise _something_inside()
            if first.startswith(ZIP):
                if depth >= DEEPEST or entry.file_size > MOST_WITHIN:
                    raise _something_inside()
                yield first + part.read()
                continue
            is_xml = entry.filename.lower().endswith(_XML)
            rest = first
            while rest:
                if is_xml and _DECLARES.search(rest.replace(b"\0", b"")):
                    raise FileRefused(
                        _("文件里声明了实体，不能收。请用 Office 打开后另存再传。")
                    )
                more = part.read(CHUNK)
                # A declaration may lie across two pieces, two bytes to a letter.
                rest = rest[-2 * _OVERLAP :] + more if more else b""
        if entry.filename.lower().endswith(".rels"):
            _check_links(archive, entry)


def _something_inside() -> FileRefused:
    return FileRefused(
        _("文件里还夹着别的文件（程序、压缩包或旧格式文档），请取出来分开传。")
    )


def _check_links(archive: ZipFile, entry: ZipInfo) -> None:
    if entry.file_size > MOST_LINKS:
        raise BadZipFile
    try:
        # Safe without a guard of its own: declarations were refused above.
        links = ElementTree.fromstring(archive.read(entry))  # noqa: S314
    except ElementTree.ParseError:
        raise BadZipFile from None
    for link in links.iter():
        mode = link.get("TargetMode", "").strip().lower()
        if mode == "external" and not link.get("Type", "").endswith(_CLICKED):
            raise linked()


def linked() -> FileRefused:
    """Return the refusal of what fetches something from elsewhere."""
    return FileRefused(
        _(
            "文件里引用了别处的内容（模板、图片或工作簿），不能收。"
            "请断开链接后另存，或者另存为 PDF。"
        )
    )
