"""
Word and Excel files without who wrote them, on what, where and when.

Every part is written anew into a fresh archive. The words stay as they are; what goes are
properties, the names and times of comments and changes, marks of editing sessions, paths,
previews, printers' settings, and what pictures carry beside their pixels.
"""

import re
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import ZIP, FileRefused
from shuoshi.files.rules.telltale_pictures import JPEG, PNG, bare_picture


TYPES: Final = "[content_types].xml"
_XML: Final = (".xml", ".rels", ".vml")
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SINCE: Final = (1980, 1, 1, 0, 0, 0)
# Parts of which nothing is kept, and the lines by which others name them.
_GONE: Final = re.compile(
    r"docprops/|(word|xl)/people\.xml|xl/persons/|.*/printersettings/"
    r"|customxml/|.*\.thmx|word/commentsids|word/commentsextensible"
)
# Comments of XML, what is no mark-up, instructions, tags: what lies between them is words.
_MARKUP: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<[^<>\"'!?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"\s(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.UNICODE
)
_OF_SESSIONS: Final = re.compile(r"rsid\w*")
# Left out, and emptied where the format demands that they are there.
_LEFT_OUT: Final = {
    "word/": {"date", "dateUtc", "initials", "userId", "providerId"},
    "xl/": {"dT", "userId", "providerId", "lastEdited"},
}
_EMPTIED: Final = {
    "word/": {"author"},
    "xl/": {"userName", "lastModifiedBy"},
}
_OLD: Final = ' {}="2000-01-01T00:00:00Z"'
_SESSIONS: Final = re.compile(r"<w:rsids\b.*?</w:rsids>|<w:rsids\b[^>]*/>", re.DOTALL)
_AUTHORS: Final = re.compile(r"(<(?:\w+:)?author>).*?(</(?:\w+:)?author>)", re.DOTALL)
_PATH: Final = re.compile(
    r"<(\w+:)?absPath\b[^>]*?(/>|>.*?</(\w+:)?absPath>)", re.DOTALL
)
_LINE: Final = re.compile(
    r"<(?:\w+:)?(?:Relationship|Override)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
    r"(?:/>|>\s*</(?:\w+:)?(?:Relationship|Override)>)",
    re.DOTALL,
)
_TARGET: Final = re.compile(r"\s(?:Target|PartName)\s*=\s*[\"']/?([^\"']*)[\"']")


def bare_document(content: bytes) -> bytes:
    """
    Return a document that was looked into, without what tells of its makers.

    :raises FileRefused: if a part cannot be read.
    """
    written = BytesIO()
    try:
        with (
            ZipFile(BytesIO(content)) as archive,
            ZipFile(written, "w", ZIP_DEFLATED) as fresh,
        ):
            for entry in archive.infolist():
                name = entry.filename
                if entry.is_dir() or _GONE.match(name.lower()):
                    continue
                part = _bare_part(name, archive.read(entry))
                fresh.writestr(ZipInfo(name, _SINCE), part, ZIP_DEFLATED)
    except ValueError:
        raise FileRefused(_("这个文件是坏的，打不开。请重新保存后再传。")) from None
    return written.getvalue()


def _bare_part(name: str, part: bytes) -> bytes:
    if part.startswith(ZIP):
        return bare_document(part)
    if part.startswith((JPEG, PNG)):
        return bare_picture(part)
    if name.lower().endswith(_XML):
        return _bare_xml(name.lower(), _text(part)).encode()
    return part


def _text(part: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if part.startswith(mark):
            return part.decode(encoding)
    return part.decode("utf-8-sig")


def _bare_xml(name: str, text: str) -> str:
    if name == TYPES or name.endswith(".rels"):
        text = _LINE.sub(_line_unless_gone, text)
    elif name.startswith("word/"):
        text = _SESSIONS.sub("", text)
    elif name.startswith("xl/"):
        text = _PATH.sub("", text)
        if "comments" in name:
            text = _AUTHORS.sub(r"\1\2", text)
    room = next((one for one in _LEFT_OUT if name.startswith(one)), "")
    return _DECLARATION + _MARKUP.sub(lambda found: _bare_tag(found[0], room), text)


def _line_unless_gone(line: re.Match[str]) -> str:
    target = _TARGET.search(line[0])
    return "" if target and _is_gone(target[1]) else line[0]


def _is_gone(target: str) -> bool:
    plain = target.lower().replace("../", "")
    rooms = ("", "word/", "xl/", "xl/worksheets/")
    return any(_GONE.match(room + plain) for room in rooms)


def _bare_tag(tag: str, room: str) -> str:
    if tag.startswith(("<!--", "<?")):
        return ""
    if tag.startswith("<!") or not room:
        return tag
    return _ATTRIBUTE.sub(lambda found: _bare_attribute(found, room), tag)


def _bare_attribute(found: re.Match[str], room: str) -> str:
    name = found[1]
    if _OF_SESSIONS.fullmatch(name) or name in _LEFT_OUT[room]:
        return ""
    whole = found[0].split("=")[0].strip()
    if name in _EMPTIED[room]:
        return f' {whole}=""'
    return _OLD.format(whole) if name == "dateTime" else found[0]
