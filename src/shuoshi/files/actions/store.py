"""Look after the store: sweep out what has no row."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage

from shuoshi.files.models import Attachment


# Longer than any transaction that has written its file and not yet its row.
GRACE: Final = timedelta(days=1)
_FOLDER: Final = re.compile(r"[0-9a-f]{2}")
_FILE: Final = re.compile(r"[0-9a-f]{30}\.bin")


def sweep(*, now: datetime) -> int:
    """Delete files that no row knows; return how many. Touches nothing foreign."""
    swept = 0
    for stored in _stored():
        known = set(
            Attachment.objects.filter(id__in=stored, removed_at=None).values_list(
                "id", flat=True
            )
        )
        for file_id in stored - known:
            name = Attachment(id=file_id).stored_as
            if default_storage.get_modified_time(name) < now - GRACE:
                default_storage.delete(name)
                swept += 1
    return swept


def _stored() -> Iterator[set[UUID]]:
    """Read the store folder by folder, as the ids that its names stand for."""
    for folder in _listed("", _FOLDER, folders=True):
        files = _listed(folder, _FILE, folders=False)
        yield {UUID(hex=folder + name.removesuffix(".bin")) for name in files}


def _listed(folder: str, pattern: re.Pattern[str], *, folders: bool) -> list[str]:
    try:
        names = default_storage.listdir(folder)[0 if folders else 1]
    except FileNotFoundError:
        # Nothing was ever kept.
        return []
    return [name for name in names if pattern.fullmatch(name)]
