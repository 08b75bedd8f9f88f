"""Turn what was uploaded into what may be kept."""

import codecs
import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.files.rules.images import redrawn
from shuoshi.files.rules.kinds import (
    IMAGES,
    MOST_BYTES,
    SOUNDS,
    ZIP,
    FileRefused,
    Kind,
    recognise,
    unknown,
)
from shuoshi.files.rules.office import office_kind
from shuoshi.files.rules.paper import check_pdf
from shuoshi.files.rules.polyglots import check_single
from shuoshi.files.rules.telltale_office import bare_document
from shuoshi.files.rules.telltale_sounds import bare_sound


_MARKED: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_BLANKS: Final = frozenset("\t\n\r\f")


def cleaned(content: bytes) -> tuple[Kind, bytes]:
    """
    Return what a file is and the bytes that are kept of it.

    :raises FileRefused: in words that say what to do instead.
    """
    if not content:
        raise FileRefused(_("这个文件是空的。"))
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise FileRefused(
            _("文件超过 %(most)d MB，请压缩或分开后再传。") % {"most": most}
        )
    kind = recognise(content)
    if kind in IMAGES:
        return kind, redrawn(content, kind)
    check_single(content)
    if kind is Kind.PDF:
        check_pdf(content)
    if kind in SOUNDS:
        return kind, bare_sound(content, kind)
    if kind:
        return kind, content
    if content.startswith(ZIP):
        return office_kind(content), bare_document(content)
    return Kind.TXT, _text(content).encode()


def _text(content: bytes) -> str:
    marked = [name for mark, name in _MARKED.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(_is_control(letter) for letter in text):
            return text
    raise unknown()


def _is_control(letter: str) -> bool:
    return letter not in _BLANKS and unicodedata.category(letter) in {"Cc", "Cs"}
