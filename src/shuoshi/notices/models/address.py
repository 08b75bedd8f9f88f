from uuid import uuid4

from django.conf import settings
from django.db import models

from shuoshi.notices.rules.roads import Road


class Address(models.Model):
    """Where a person is reached on one road; it counts once its owner showed a code."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses"
    )
    road = models.CharField(max_length=10, choices=Road.choices)
    address = models.TextField()
    # The code until it is sent; then only its hash.
    code = models.TextField(blank=True)
    key = models.TextField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "road"], name="address_one_a_road"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.person_id} {self.road}"
