"""Make the nightly backup where the house is told to."""

from datetime import time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from shuoshi.backup.actions.erasures import note_erasures
from shuoshi.backup.actions.making import make_backup
from shuoshi.jobs.actions import periodic


CLOCK = "clock"


@periodic(daily_at=time(2, 10), lease=timedelta(hours=6))
def back_up() -> None:
    """Make a backup, if a folder is set for it."""
    if settings.SHUOSHI_BACKUP_TO:
        make_backup(Path(settings.SHUOSHI_BACKUP_TO), by=CLOCK, now=now())


@periodic(every=timedelta(minutes=5))
def carry_over_erasures() -> None:
    """Put what was erased onto the list beside the backups."""
    folder = Path(settings.SHUOSHI_BACKUP_TO)
    if settings.SHUOSHI_BACKUP_TO and folder.is_dir():
        note_erasures(folder)
