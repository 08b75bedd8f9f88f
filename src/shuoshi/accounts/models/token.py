from django.conf import settings
from django.db import models


class Token(models.Model):
    """A key with which a program acts as a person. Only its hash is kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens"
    )
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # Whether a second factor was shown for it.
    second = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"#{self.pk} {self.purpose}"
