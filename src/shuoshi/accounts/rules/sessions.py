"""How long somebody stays signed in, and how long what they proved counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Final


if TYPE_CHECKING:
    from shuoshi.accounts.models import Session

# Under which name a browser's session knows its row here.
SIGNED_IN: Final = "signed_in"
# What was proved lately need not be proved again before something grave.
FRESH: Final = timedelta(minutes=10)
# Between the password and the second factor.
HALF: Final = timedelta(minutes=10)
# Seen is written down once a minute, not with every page.
SEEN_EVERY: Final = timedelta(minutes=1)


class How(StrEnum):
    """With what somebody showed who they are."""

    PASSWORD = auto()
    PASSKEY = auto()
    COMPANY = auto()
    INVITATION = auto()


@dataclass(frozen=True)
class SessionLimits:
    """Idle so long at most, and so long at most in all."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)

    @property
    def idle_minutes(self) -> int:
        return int(self.idle.total_seconds()) // 60

    @property
    def whole_hours(self) -> int:
        return int(self.whole.total_seconds()) // 3600

    def are_over(self, session: "Session", now: datetime) -> bool:
        """True if the session lasted too long, or nobody was seen for too long."""
        return now - session.seen_at > self.idle or now - session.begun_at > self.whole


def is_fresh(session: "Session", now: datetime) -> bool:
    return now - session.proved_at <= FRESH
