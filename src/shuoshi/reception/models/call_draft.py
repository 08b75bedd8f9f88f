from uuid import uuid4

from django.conf import settings
from django.db import models


class CallDraft(models.Model):
    """What somebody has taken down of a call that is not registered yet, sealed."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # Whoever listens; nobody else is shown it.
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="call_draft"
    )
    words = models.TextField(blank=True)
    key = models.TextField()
    # No finer than the hour: the caller may wish to be nobody.
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.person_id}"
