"""Keep an uploaded ledger between the preview and the import: sealed, and not for long."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from shuoshi.common.sealing import SealBroken, new_box, open_box
from shuoshi.matters.rules.ledger import LedgerRefused


MOST_BYTES: Final = 20 * 1024 * 1024
KEPT_FOR: Final = timedelta(days=1)
_FOLDER: Final = "ledgers"
_NAME: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class LedgerDraft:
    """Where an upload lies, and the key without which nobody opens it."""

    name: str
    key: str

    def as_json(self) -> dict[str, str]:
        """Return what a session can hold."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: Any) -> "LedgerDraft | None":
        """Return the draft that a session holds, none if there is none."""
        if not isinstance(held, dict) or not _NAME.fullmatch(str(held.get("name"))):
            return None
        return cls(str(held["name"]), str(held.get("key", "")))

    @property
    def stored_as(self) -> str:
        return f"{_FOLDER}/{self.name}.bin"


def keep_draft(upload: "File[bytes]") -> LedgerDraft:
    """
    Seal an upload and keep it for a while.

    :raises LedgerRefused: if it is larger than a page can take.
    """
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise LedgerRefused(
            _("文件超过 %(most)d MB，请按年份分开导入") % {"most": MOST_BYTES >> 20},
            field="file",
        )
    name = uuid4().hex
    box = new_box(f"ledger:{name}")
    draft = LedgerDraft(name, box.wrapped)
    default_storage.save(
        draft.stored_as, ContentFile(box.seal_bytes(content, "content"))
    )
    return draft


@contextmanager
def opened_draft(draft: LedgerDraft) -> Iterator[Path]:
    """
    Lay the upload open in memory, under a path, for as long as it is read.

    :raises LedgerRefused: if it is not there any more.
    """
    try:
        with default_storage.open(draft.stored_as) as file:
            sealed = file.read()
        content = open_box(f"ledger:{draft.name}", draft.key).open_bytes(
            sealed, "content"
        )
    except (FileNotFoundError, SealBroken):
        raise LedgerRefused(
            _("预览已经过期，请重新上传台账文件"), field="file"
        ) from None
    # No disk ever sees it; the process that reads it has our user's rights.
    with open(os.memfd_create("ledger"), "wb") as file:
        file.write(content)
        file.flush()
        yield Path(f"/proc/{os.getpid()}/fd/{file.fileno()}")


def drop_draft(draft: LedgerDraft) -> None:
    """Forget an upload."""
    default_storage.delete(draft.stored_as)


def sweep_drafts(*, now: datetime) -> int:
    """Forget the uploads that nobody came back to; return how many."""
    try:
        _folders, names = default_storage.listdir(_FOLDER)
    except FileNotFoundError:
        return 0
    old = [
        stored
        for stored in (f"{_FOLDER}/{name}" for name in names)
        if default_storage.get_modified_time(stored) < now - KEPT_FOR
    ]
    for stored in old:
        default_storage.delete(stored)
    return len(old)
