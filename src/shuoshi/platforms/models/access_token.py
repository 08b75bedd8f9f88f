from uuid import uuid4

from django.db import models


class AccessToken(models.Model):
    """What a platform lends us to write with, for all workers; one fetches it at a time."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    platform = models.CharField(max_length=10, unique=True)
    token = models.TextField(blank=True)
    key = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.platform
