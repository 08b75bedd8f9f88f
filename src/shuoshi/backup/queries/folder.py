"""What lies in the folder of backups."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from shuoshi.backup.rules.keeping import LATE, moment_of


def backups_in(folder: Path) -> dict[datetime, Path]:
    """Return the finished backups of a folder by the moment they were begun."""
    try:
        found = [(moment_of(file.name), file) for file in folder.iterdir()]
    except OSError:
        return {}
    return {moment: file for moment, file in found if moment is not None}


def last_backup(now: datetime) -> timedelta | None:
    """Return how old the newest backup is; None if there is none."""
    moments = backups_in(Path(settings.SHUOSHI_BACKUP_TO))
    return now - max(moments) if moments else None


def backup_health(now: datetime) -> dict[str, str | int | None]:
    """Say how the backups are doing; nothing where none are made."""
    if not settings.SHUOSHI_BACKUP_TO:
        return {}
    age = last_backup(now)
    hours = None if age is None else int(age / timedelta(hours=1))
    late = age is None or age > LATE
    return {"backup": "late" if late else "well", "backup_hours": hours}
