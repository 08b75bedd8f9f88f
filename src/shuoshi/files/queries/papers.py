"""Write a PDF anew: its pages, without who made it, on what, where and when."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.files.queries.papers_child import LOCKED
from shuoshi.files.rules.kinds import FileRefused
from shuoshi.files.rules.paper import check_pdf, locked


PATIENCE: Final = 60
_CHILD: Final = Path(__file__).with_name("papers_child.py")


def bare_paper(content: bytes) -> bytes:
    """
    Return the pages of a PDF: no properties, no older versions, no names beside notes.

    A PDF can make its reader allocate without bound or crash, so a process with its own
    limits reads it.

    :raises FileRefused: if it cannot be read, or acts after all.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own file, our own interpreter
            [sys.executable, "-I", str(_CHILD)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unreadable() from None
    if child.returncode == LOCKED:
        raise locked()
    if child.returncode or not child.stdout:
        raise _unreadable()
    # Written anew nothing lies packed any more: what was hidden in it is seen now.
    check_pdf(child.stdout)
    return child.stdout


def _unreadable() -> FileRefused:
    return FileRefused(
        _("这个 PDF 读不懂，请用“打印为 PDF”重新保存，或者把每页拍成照片。")
    )
