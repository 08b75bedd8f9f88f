"""Names of files: what people see, and what a browser is told."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import FORMATS, Kind


LONGEST: Final = 60


def shown_name(given: str, kind: Kind) -> str:
    """Return the name a person gave, fit to show, with the ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    # Control characters and those that turn the direction of text could deceive.
    visible = "".join(
        letter if unicodedata.category(letter)[0] != "C" else " " for letter in last
    )
    stem, dot, _ending = visible.rpartition(".")
    stem = " ".join((stem if dot else visible).split())[:LONGEST].strip(" .")
    return f"{stem or _('附件')}.{FORMATS[kind].extension}"


def download_headers(kind: Kind, number: int) -> dict[str, str]:
    """
    Return the headers under which the bytes of a file may leave.

    The name is neutral: downloads lie about on the computers of a whole office.
    """
    extension = FORMATS[kind].extension
    plain = f"attachment-{number}.{extension}"
    chinese = quote(f"{_('附件')}-{number}.{extension}")
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
