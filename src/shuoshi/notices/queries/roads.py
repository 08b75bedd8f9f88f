"""Which roads are set up, and how they are doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from shuoshi.notices.models import Delivery, DeliveryState
from shuoshi.notices.rules.roads import Road
from shuoshi.platforms.queries.setup import is_on


LATELY: Final = timedelta(days=1)


@dataclass(frozen=True)
class RoadHealth:
    """How a road out of the house is doing; counts of the last day."""

    road: Road
    is_open: bool
    waiting: int = 0
    oldest: datetime | None = None
    sent_at: datetime | None = None
    given_up: int = 0
    failed_at: datetime | None = None
    failure: str = ""

    @property
    def ails(self) -> bool:
        """True if the last try failed and nothing went through since."""
        if self.failed_at is None:
            return False
        return self.sent_at is None or self.sent_at < self.failed_at


def is_open(road: str) -> bool:
    """Tell whether this house can send on a road at all."""
    if road == Road.SMS:
        return bool(settings.SHUOSHI_SMS)
    if road == Road.EMAIL:
        return bool(settings.EMAIL_HOST)
    return is_on(road)


def open_roads() -> list[Road]:
    """Return the roads that are set up in this house."""
    return [road for road in Road if is_open(road)]


def roads_health(now: datetime) -> list[RoadHealth]:
    """Return how each road is doing, the closed ones too."""
    lately = Q(ended_at__gte=now - LATELY)
    counted = {
        row["road"]: row
        for row in Delivery.objects.values("road").annotate(
            waiting=Count("pk", filter=Q(state=DeliveryState.WAITING)),
            oldest=Min("notice__at", filter=Q(state=DeliveryState.WAITING)),
            sent_at=Max("ended_at", filter=Q(state=DeliveryState.SENT)),
            given_up=Count("pk", filter=lately & Q(state=DeliveryState.GIVEN_UP)),
            failed_at=Max("failed_at"),
        )
    }
    return [_health(road, dict(counted.get(road, {}))) for road in Road]


def _health(road: Road, row: dict[str, Any]) -> RoadHealth:
    row.pop("road", None)
    failure = ""
    if at := row.get("failed_at"):
        failed = Delivery.objects.filter(road=road, failed_at=at)
        failure = failed.values_list("failure", flat=True).first() or ""
    return RoadHealth(road, is_open(road), failure=failure, **row)
