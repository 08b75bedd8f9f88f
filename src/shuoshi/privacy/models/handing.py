from uuid import uuid4

from django.db import models
from django.db.models import Index

from shuoshi.privacy.models.consent import Consent


class Handing(models.Model):
    """Something about people left the house: to whom, what, on which ground. Never changed."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine_id = models.BigIntegerField()
    # Nothing for what is about no single matter, such as a ledger.
    about = models.UUIDField(null=True, blank=True)
    number = models.CharField(max_length=20, blank=True)
    recipient = models.CharField(max_length=100)
    what = models.CharField(max_length=200)
    ground = models.CharField(max_length=200)
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    kept_until = models.DateField()

    class Meta:
        indexes = [
            Index(fields=["mine_id", "-id"], name="handing_newest"),
            Index(fields=["about", "id"], name="handing_about"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}"
