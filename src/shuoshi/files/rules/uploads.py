"""A file as it came, and as it may be kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shuoshi.files.rules.cleaning import cleaned
from shuoshi.files.rules.kinds import MOST_BYTES, FileRefused, Kind
from shuoshi.files.rules.names import shown_name


if TYPE_CHECKING:
    from django.core.files.base import File


@dataclass(frozen=True)
class CleanFile:
    """A file that was told by its content and cleaned of what is hidden in it."""

    name: str
    kind: Kind
    content: bytes
    # Not judged by the virus scanner yet: kept, and handed to nobody.
    held: bool = False


def clean_file(upload: "File[bytes]") -> CleanFile:
    """
    Check and clean a file: it takes seconds.

    :raises FileRefused: naming the file, if it is nothing we take.
    """
    given = upload.name or ""
    try:
        kind, content = cleaned(upload.read(MOST_BYTES + 1))
    except FileRefused as refusal:
        told = {"name": given[-40:], "why": refusal.message}
        raise FileRefused(_("“%(name)s”：%(why)s") % told) from None
    return CleanFile(shown_name(given, kind), kind, content)
