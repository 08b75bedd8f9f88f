"""Names of files: what people see, and what a browser is told."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import FORMATS, Kind


LONGEST: Final = 60
# What Windows takes for a device, whatever ending follows.
DEVICES: Final = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.ASCII
)


def shown_name(given: str, kind: Kind) -> str:
    """Return the name a person gave, fit to show, with the ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    # Control characters and those that turn the direction of text could deceive.
    visible = "".join(
        letter if unicodedata.category(letter)[0] != "C" else " " for letter in last
    )
    stem, dot, _ending = visible.rpartition(".")
    stem = " ".join((stem if dot else visible).split())[:LONGEST].strip(" .")
    if DEVICES.fullmatch(stem):
        stem = ""
    return f"{stem or _('附件')}.{FORMATS[kind].extension}"


def download_headers(kind: Kind, place: int, *, number: str = "") -> dict[str, str]:
    """
    Return the headers under which the bytes of a file may leave.

    The name is neutral, the matter's number and a place: downloads lie about on the
    computers of a whole office.
    """
    extension = FORMATS[kind].extension
    before = f"{number}-" if number else ""
    plain = f"{before}attachment-{place}.{extension}"
    chinese = quote(f"{before}{_('附件')}{place}.{extension}")
    return {
        "Content-Type": FORMATS[kind].content_type,
        "Content-Disposition": (
            f"attachment; filename=\"{plain}\"; filename*=UTF-8''{chinese}"
        ),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
