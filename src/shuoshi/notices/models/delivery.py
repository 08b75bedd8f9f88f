from django.db import models
from django.db.models import Q

from shuoshi.notices.models.notice import Notice


class DeliveryState(models.TextChoices):
    WAITING = "WAITING"
    SENT = "SENT"
    # Nobody to reach, or somebody who may not know of it any more.
    DROPPED = "DROPPED"
    GIVEN_UP = "GIVEN_UP"


class Delivery(models.Model):
    """
    One notice on one road out of the house.

    The road of a speaker is known only when it is sent: what they left is sealed.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    road = models.CharField(max_length=10, blank=True)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # The kind of the last failure: never an address, never what the other side said.
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "road"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="WAITING", ended_at=None)
                | ~Q(state="WAITING") & Q(ended_at__isnull=False),
                name="delivery_waits_or_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="WAITING"), name="delivery_due"
            ),
            models.Index(fields=["road", "failed_at"], name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return f"#{self.notice_id} {self.road} {self.state}"
