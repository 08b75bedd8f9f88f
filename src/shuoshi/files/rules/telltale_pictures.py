"""
Pictures within documents, bare: the pixels as they were, without who took them and where.

Pictures that are sent by themselves are drawn anew; of those within a document only what
is no pixel is left out, so that page and print stay as they were. Pure: a process without
Django uses it too.
"""

import struct
from typing import Final


JPEG: Final = b"\xff\xd8"
PNG: Final = b"\x89PNG\r\n\x1a\n"
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_SEGMENTS: Final = range(0xE0, 0xF0)
# What colours need: JFIF, and how Adobe's programs keep them.
_KEPT_SEGMENTS: Final = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
_BARE_MARKERS: Final = {0x01, *range(0xD0, 0xD8)}
_TELLTALE_CHUNKS: Final = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP"}


def bare_picture(content: bytes) -> bytes:
    """
    Return a JPEG or PNG without what is no pixel, anything else as it came.

    :raises ValueError: if it is damaged.
    """
    if content.startswith(JPEG):
        return _bare_jpeg(content)
    if content.startswith(PNG):
        return _bare_png(content)
    return content


def _bare_jpeg(content: bytes) -> bytes:
    kept, at = [JPEG], len(JPEG)
    while True:
        if at + 2 > len(content) or content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _SCAN:
            # The pixels, up to the last end: what is hung on behind it goes.
            end = content.rfind(b"\xff\xd9", at)
            kept.append(content[at : end + 2] if end > at else content[at:])
            return b"".join(kept)
        if marker == _END:
            return b"".join([*kept, content[at : at + 2]])
        if marker in _BARE_MARKERS:
            kept.append(content[at : at + 2])
            at += 2
            continue
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at : at + 2 + size]
        if size < 2 or len(segment) < 2 + size:
            raise ValueError("cut off")
        if not _tells(marker, segment):
            kept.append(segment)
        at += 2 + size


def _tells(marker: int, segment: bytes) -> bool:
    if marker == _COMMENT:
        return True
    if marker not in _SEGMENTS:
        return False
    mark = _KEPT_SEGMENTS.get(marker)
    return mark is None or not segment[4:].startswith(mark)


def _bare_png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while at < len(content):
        if at + 12 > len(content):
            raise ValueError("cut off")
        size, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise ValueError("cut off")
        if kind not in _TELLTALE_CHUNKS:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(kept)
