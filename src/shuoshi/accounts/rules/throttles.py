"""How often something may be tried."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Final


@dataclass(frozen=True)
class Throttle:
    """So many tries in so long a stretch of time."""

    kind: str
    most: int
    per: timedelta

    def slot(self, now: datetime) -> int:
        """Return the number of the stretch that a moment lies in."""
        return int(now.timestamp()) // int(self.per.total_seconds())

    def ends_at(self, now: datetime) -> datetime:
        """Return when that stretch is over (UTC)."""
        seconds = (self.slot(now) + 1) * int(self.per.total_seconds())
        return datetime.fromtimestamp(seconds, UTC)


# A mine often shares one address, so the block is generous; a name is not. Each longer
# stretch lets fewer through, and each ends: nobody is locked out for good.
BLOCK: Final = Throttle("signin.block", 300, timedelta(minutes=10))
NAME: Final = (
    Throttle("signin.name.short", 8, timedelta(minutes=5)),
    Throttle("signin.name.hour", 30, timedelta(hours=1)),
    Throttle("signin.name.day", 100, timedelta(days=1)),
)
# The owner's own device is counted apart from strangers who try the owner's name.
DEVICE: Final = Throttle("signin.device", 15, timedelta(minutes=10))
SECOND: Final = (
    Throttle("signin.second.short", 6, timedelta(minutes=5)),
    Throttle("signin.second.day", 60, timedelta(days=1)),
)
COMMITTEE: Final = (
    Throttle("committee.short", 6, timedelta(minutes=10)),
    Throttle("committee.day", 40, timedelta(days=1)),
)
LINK: Final = Throttle("invitation.half", 10, timedelta(hours=72))
# That somebody is held back is put on record once a stretch, not with every try.
HELD_BACK: Final = Throttle("signin.noted", 1, timedelta(minutes=10))
TOKEN_NOTED: Final = Throttle("token.noted", 1, timedelta(minutes=10))


def block_of(address: str) -> str:
    """Return the network that an address lies in: /24 of the old kind, /56 of the new."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((ip, 24 if ip.version == 4 else 56), strict=False))
