"""Take an upload in: scanned where there is a scanner, then cleaned."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from shuoshi.files.queries.papers import bare_paper
from shuoshi.files.queries.scanning import ScannerAway, is_infected, is_scanned
from shuoshi.files.rules.kinds import MOST_BYTES, FileRefused, Kind
from shuoshi.files.rules.uploads import CleanFile, clean_file


if TYPE_CHECKING:
    from django.core.files.base import File


def taken_in(upload: "File[bytes]") -> CleanFile:
    """
    Scan, check and clean a file. Forms do so before any transaction begins.

    A file that the scanner could not judge is refused, or taken and held back until it
    can be judged, as the house has set it.

    :raises FileRefused: naming the file, if it is nothing we take.
    """
    held = is_scanned() and _must_wait(upload)
    upload.seek(0)
    clean = clean_file(upload)
    if clean.kind is Kind.PDF:
        clean = replace(clean, content=_rewritten(clean))
    return replace(clean, held=held)


def _rewritten(paper: CleanFile) -> bytes:
    try:
        return bare_paper(paper.content)
    except FileRefused as refusal:
        told = {"name": paper.name[-40:], "why": refusal.message}
        raise FileRefused(_("“%(name)s”：%(why)s") % told) from None


def _must_wait(upload: "File[bytes]") -> bool:
    name = (upload.name or "")[-40:]
    try:
        if is_infected(upload.read(MOST_BYTES + 1)):
            raise FileRefused(
                _("“%(name)s”：查出病毒，不能收。请先杀毒，或换一个文件。")
                % {"name": name}
            )
    except ScannerAway:
        if settings.SHUOSHI_CLAMAV_AWAY == "refuse":
            raise FileRefused(
                _(
                    "“%(name)s”：病毒检查暂时用不了，文件没有收下。"
                    "请稍后再传，或者先不带文件提交。"
                )
                % {"name": name}
            ) from None
        return True
    return False
