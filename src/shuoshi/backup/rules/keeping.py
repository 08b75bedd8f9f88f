"""Which backups are kept: the newest of each of the last days, weeks and months."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import localdate


NAME: Final = re.compile(r"shuoshi-(\d{8}T\d{6}\d{6})Z\.backup")
_STAMP: Final = "%Y%m%dT%H%M%S%f"
# A day and an hour more than a day: the nightly one may take its time.
LATE: Final = timedelta(hours=26)


@dataclass(frozen=True)
class Keep:
    """Of how many days, weeks and months the newest backup stays."""

    days: int = 7
    weeks: int = 5
    months: int = 12


def parsed_keep(text: str) -> Keep:
    """
    Read ``days,weeks,months``.

    :raises ImproperlyConfigured: if these are not three numbers, the first at least 1.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ImproperlyConfigured("SHUOSHI_BACKUP_KEEP is not of the form 7,5,12")
    keep = Keep(*(int(part) for part in parts))
    if keep.days < 1:
        raise ImproperlyConfigured("SHUOSHI_BACKUP_KEEP keeps a day at least")
    return keep


def name_at(moment: datetime) -> str:
    """Return the name of a backup begun at a moment."""
    return f"shuoshi-{moment.astimezone(UTC).strftime(_STAMP)}Z.backup"


def moment_of(name: str) -> datetime | None:
    """Return when a backup was begun; None for what is no name of a backup."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Return which of these stay; the newest always does."""
    newest_first = sorted(moments, reverse=True)
    stretches: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (keep.days, localdate),
        (keep.weeks, lambda moment: localdate(moment).isocalendar()[:2]),
        (keep.months, lambda moment: (localdate(moment).year, localdate(moment).month)),
    ]
    stays = set(newest_first[:1])
    for count, stretch_of in stretches:
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(stretch_of(moment), moment)
        stays.update(list(newest.values())[:count])
    return stays
