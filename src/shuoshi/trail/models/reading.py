from django.db import models
from django.db.models import Index


class Reading(models.Model):
    """Somebody read a protected field: who, which one, when and why."""

    mine_id = models.BigIntegerField()
    about = models.UUIDField()
    field = models.CharField(max_length=60)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    # A code of the reason; never free text about the matter.
    why = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        indexes = [
            Index(fields=["about", "id"], name="reading_about"),
            Index(fields=["mine_id", "-id"], name="reading_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.field} {self.about}"
