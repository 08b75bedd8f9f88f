from django.db import models
from django.db.models import UniqueConstraint

from shuoshi.privacy.rules.purposes import Purpose


class Telling(models.Model):
    """
    One version of what people are told or agree to. Never changed: the next one follows.

    A mine without a text of its own uses that of the house (mine 0).
    """

    mine_id = models.BigIntegerField(default=0)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.PositiveIntegerField()
    body = models.TextField()
    # To be read beside it; the Chinese text is the one that holds.
    body_en = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)
    valid_from = models.DateTimeField()
    published_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["mine_id", "purpose", "version"], name="telling_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Submission(models.Model):
    """Which text stood beside the form when a matter was raised."""

    about = models.UUIDField(unique=True)
    mine_id = models.BigIntegerField()
    telling = models.ForeignKey(Telling, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.about}"
