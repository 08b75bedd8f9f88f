"""Writes a PDF anew in a process of its own, small enough to be lost: see papers."""

import io
import resource
import sys

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from shuoshi.files.rules.telltale_pictures import bare_picture


MEMORY = 1 << 30
SECONDS = 30
LOCKED = 3
TELLTALE = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AF",
    "/AA",
    "/OpenAction",
    "/SpiderInfo",
    "/Thumb",
    "/B",
    "/StructParents",
    "/NM",
    "/M",
    "/CreationDate",
    "/RC",
)
# Who wrote a note stands in its title; in a field of a form it is the field's name.
_FIELD = "/Widget"


def main() -> int:
    """Read a PDF from standard input; write its pages, and nothing else, to the output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
    if reader.is_encrypted:
        return LOCKED
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    if not writer.pages:
        return 1
    for held in list(writer._objects):
        _strip(held, set())
    writer.metadata = None
    writer.compress_identical_objects()
    written = io.BytesIO()
    writer.write(written)
    sys.stdout.buffer.write(written.getvalue())
    return 0


def _strip(held: PdfObject | None, seen: set[int]) -> None:
    """Take what tells out of an object and of what lies in it."""
    if id(held) in seen:
        return
    seen.add(id(held))
    if isinstance(held, ArrayObject):
        for one in held:
            _strip(one, seen)
    if not isinstance(held, DictionaryObject):
        return
    is_note = "/Rect" in held and held.get("/Subtype") != _FIELD
    for name in (*TELLTALE, *(("/T",) if is_note else ())):
        held.pop(NameObject(name), None)
    for one in held.values():
        _strip(one, seen)
    if isinstance(held, StreamObject) and held.get("/Filter") == "/DCTDecode":
        held._data = bare_picture(held._data)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError):
        sys.exit(1)
    except (RecursionError, MemoryError, ArithmeticError, OSError, RuntimeError):
        sys.exit(1)
