"""Refuse a file that is one thing to one program and another to the next."""

from io import BytesIO
from typing import Final
from zipfile import is_zipfile

from django.utils.translation import gettext as _

from shuoshi.files.rules.kinds import ZIP, FileRefused


# Readers of PDF look for its mark as far in as this.
_LOOKED_FOR_IN: Final = 1024
_PDF: Final = b"%PDF-"


def check_single(content: bytes) -> None:
    """
    Refuse what is a PDF or an archive besides what its first bytes say.

    :raises FileRefused: if it is two things at once.
    """
    hides_pdf = not content.startswith(_PDF) and _PDF in content[:_LOOKED_FOR_IN]
    hides_archive = not content.startswith(ZIP) and is_zipfile(BytesIO(content))
    if hides_pdf or hides_archive:
        raise FileRefused(_("这个文件里还藏着另一种文件，不能收。请重新保存后再传。"))
