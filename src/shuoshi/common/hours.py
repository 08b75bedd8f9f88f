"""Times that do not give anybody away: no finer than the hour."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


HOUR = 3600


def hour_of(moment: datetime) -> datetime:
    """Return the full hour before a moment."""
    return moment.replace(minute=0, second=0, microsecond=0)


class HourStorage(FileSystemStorage):
    """A folder of files whose times tell the hour at which they came, no more."""

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        self._blur(Path(self.path(saved)))
        return saved

    def delete(self, name: str) -> None:
        """Delete a file, and let its folder not tell when."""
        super().delete(name)
        self._blur(Path(self.path(name)))

    def _blur(self, path: Path) -> None:
        for one in (path, path.parent):
            if one.exists():
                hour = int(one.stat().st_mtime) // HOUR * HOUR
                os.utime(one, (hour, hour))
