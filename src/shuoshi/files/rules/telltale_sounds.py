"""Recordings without who made them, on what, where and when: the sound stays as it was."""

from typing import Final

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import FileRefused, Kind


_ID3V1, _ID3V1_MORE, _APE = 128, 227, 32
_HAS_HEADER: Final = 0x80000000
_WAVE_CHUNKS: Final = (b"fmt ", b"fact", b"data")
# Boxes that hold boxes, and what in them is nobody's business.
_HOLDING: Final = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
_TELLTALE_BOXES: Final = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"}
_DATED: Final = {b"mvhd", b"tkhd", b"mdhd"}
_NAMED_FROM: Final = 32
_DEEPEST: Final = 8


def bare_sound(content: bytes, kind: Kind) -> bytes:
    """
    Return a recording without tags, dates and places.

    :raises FileRefused: if it is damaged.
    """
    try:
        match kind:
            case Kind.MP3:
                return _bare_mp3(content)
            case Kind.WAV:
                return _bare_wave(content)
            case Kind.M4A:
                bare = bytearray(content)
                _blank_boxes(bare, 0, len(bare), 0)
                return bytes(bare)
            case _:
                # AMR has no room for any of it.
                return content
    except (ValueError, IndexError):
        raise FileRefused(_("这个录音是坏的，打不开。请重新录或另存后再传。")) from None


def _bare_mp3(content: bytes) -> bytes:
    start, end = 0, len(content)
    while content[start : start + 3] == b"ID3" and start + 10 <= end:
        start += 10 + _synchsafe(content[start + 6 : start + 10])
        start += 10 if content[start : start + 3] == b"3DI" else 0
    while (less := _without_last_tag(content, start, end)) < end:
        end = less
    # Tags may be followed by padding: the sound begins with a frame.
    first = content.find(b"\xff", start, end)
    if first < 0:
        raise ValueError("no sound")
    return content[first:end]


def _synchsafe(four: bytes) -> int:
    if len(four) < 4 or any(byte & 0x80 for byte in four):
        raise ValueError("no size")
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]


def _without_last_tag(content: bytes, start: int, end: int) -> int:
    """Return where the sound ends without the tag that stands last, if one does."""
    if content[max(start, end - _ID3V1) : end].startswith(b"TAG"):
        end -= _ID3V1
        if content[max(start, end - _ID3V1_MORE) : end].startswith(b"TAG+"):
            end -= _ID3V1_MORE
        return max(start, end)
    last = content[max(start, end - _APE) : end]
    if last.startswith(b"APETAGEX"):
        size = int.from_bytes(last[12:16], "little")
        has_header = int.from_bytes(last[20:24], "little") & _HAS_HEADER
        return max(start, end - max(size, _APE) - (_APE if has_header else 0))
    if last.endswith(b"LYRICS200") and last[-15:-9].isdigit():
        return max(start, end - int(last[-15:-9]) - 15)
    return end


def _bare_wave(content: bytes) -> bytes:
    kept: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name = content[at : at + 4]
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if name in _WAVE_CHUNKS:
            kept.setdefault(name, body)
        at += 8 + size + size % 2
    if b"fmt " not in kept or b"data" not in kept:
        raise ValueError("no sound")
    chunks = b"".join(
        name
        + len(kept[name]).to_bytes(4, "little")
        + kept[name]
        + b"\0" * (len(kept[name]) % 2)
        for name in _WAVE_CHUNKS
        if name in kept
    )
    return b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WAVE" + chunks


def _blank_boxes(content: bytearray, at: int, end: int, depth: int) -> None:
    """Blank what tells, in place: nothing moves, so that no offset is wrong afterwards."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    while at < end:
        body, after = _box_at(content, at, end)
        kind = bytes(content[at + 4 : at + 8])
        if kind in _TELLTALE_BOXES:
            content[at + 4 : at + 8] = b"free"
            content[body:after] = bytes(after - body)
        elif kind in _DATED:
            dates = body + 4, min(body + (20 if content[body] else 12), after)
            content[slice(*dates)] = bytes(dates[1] - dates[0])
        elif kind == b"hdlr":
            named = min(at + _NAMED_FROM, after)
            content[named:after] = bytes(after - named)
        elif kind in _HOLDING:
            _blank_boxes(content, body, after, depth + 1)
        at = after


def _box_at(content: bytearray, at: int, end: int) -> tuple[int, int]:
    """Return where the body of a box begins and where the box ends."""
    if at + 8 > end:
        raise ValueError("cut off")
    size, body = int.from_bytes(content[at : at + 4], "big"), at + 8
    if size == 0:
        return body, end
    if size == 1:
        size, body = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
    after = at + size
    if after > end or after < body:
        raise ValueError("cut off")
    return body, after
