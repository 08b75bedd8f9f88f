from uuid import uuid4

from django.conf import settings
from django.db import models


class Session(models.Model):
    """Somebody signed in on one device; once ended it counts nowhere any more."""

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions"
    )
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # When a password or a factor was last shown here.
    proved_at = models.DateTimeField()
    # When the second factor was shown; empty where none was asked.
    second_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20)
    # System and browser, nothing finer, and never an address.
    device = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="session_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.device}"
