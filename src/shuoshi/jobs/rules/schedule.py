"""When a periodic task is due. Pure: each schedule names the slot a moment lies in."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final, Protocol


EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
DAY: Final = timedelta(days=1)


class Schedule(Protocol):
    """Something that comes again and again."""

    def slot(self, now: datetime, zone: tzinfo) -> datetime:
        """Return the beginning of the slot that this moment lies in."""
        ...


@dataclass(frozen=True)
class Every:
    """Again after each interval, counted from the epoch so that all workers agree."""

    interval: timedelta

    def __post_init__(self) -> None:
        """
        Keep slots younger than the memory of what was done.

        :raises ValueError: if the interval is not within a second and a day.
        """
        if not timedelta(seconds=1) <= self.interval <= DAY:
            raise ValueError("an interval lies between a second and a day")

    def slot(self, now: datetime, zone: tzinfo) -> datetime:
        return EPOCH + (now - EPOCH) // self.interval * self.interval


@dataclass(frozen=True)
class Daily:
    """Once a day at a local time; a worker that was down then makes up for it."""

    at: time

    def slot(self, now: datetime, zone: tzinfo) -> datetime:
        local = now.astimezone(zone)
        slot = datetime.combine(local.date(), self.at, tzinfo=zone)
        if slot > local:
            slot = datetime.combine(local.date() - DAY, self.at, tzinfo=zone)
        return slot.astimezone(UTC)
