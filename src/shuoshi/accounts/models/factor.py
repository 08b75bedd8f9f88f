from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint


class Authenticator(models.Model):
    """An app that shows one-time codes; its secret lies sealed in a box of its own."""

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="authenticator"
    )
    key = models.TextField()
    secret = models.TextField()
    made_at = models.DateTimeField()
    # Empty until the first code was shown: only then does it count.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The step of the last code taken: no code is taken twice.
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"#{self.person_id}"


class Passkey(models.Model):
    """A public key whose other half never leaves the person's device."""

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys"
    )
    # Base64 of what the device calls it, and of the attested public key.
    credential = models.CharField(max_length=1400, unique=True)
    public = models.TextField()
    count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code on paper for the day the factors are lost; only its hash is kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["person", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"#{self.person_id}"
