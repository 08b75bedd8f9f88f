"""What waits to leave the house."""

from datetime import datetime

from django.db.models import Q, QuerySet

from shuoshi.notices.models import Delivery, DeliveryState


def due_deliveries(now: datetime) -> QuerySet[Delivery]:
    """Return what may leave by now and is in nobody's hands, the oldest first."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    return (
        Delivery.objects.filter(free, state=DeliveryState.WAITING, next_at__lte=now)
        .select_related("notice")
        .order_by("next_at", "pk")
    )
