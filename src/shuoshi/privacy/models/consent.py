from django.db import models
from django.db.models import Index

from shuoshi.privacy.models.telling import Telling


class Consent(models.Model):
    """Somebody agreed to one purpose, apart from everything else; it can be taken back."""

    about = models.UUIDField()
    mine_id = models.BigIntegerField()
    telling = models.ForeignKey(Telling, models.PROTECT, related_name="+")
    # To the hour: the moment would tell who sat there.
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [Index(fields=["about", "id"], name="consent_about")]

    def __str__(self) -> str:
        return f"{self.about}"
