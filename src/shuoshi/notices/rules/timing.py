"""When a message may leave: not at night, and later each time it could not. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.utils.timezone import get_default_timezone


# Ten tries reach over a day and a half; then the other side is not only slow.
MOST_ATTEMPTS: Final = 10
LONGEST_WAIT: Final = timedelta(hours=8)


@dataclass(frozen=True)
class Quiet:
    """The hours (of the house's zone) in which nobody is written to; equal ends: none."""

    starts: time = time(21)
    ends: time = time(7)

    def over_at(self, at: datetime) -> datetime:
        """Return when somebody may be written to: at once, or when quiet ends."""
        local = at.astimezone(get_default_timezone())
        if not self._covers(local.time()):
            return at
        end = local.replace(
            hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0
        )
        return end if end > local else end + timedelta(days=1)

    def _covers(self, moment: time) -> bool:
        if self.starts <= self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends


USUAL: Final = Quiet()


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: 1 minute, 3, 9, 27 … 8 hours."""
    return min(LONGEST_WAIT, timedelta(minutes=3 ** max(attempts - 1, 0)))
