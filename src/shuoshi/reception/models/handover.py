from uuid import uuid4

from django.conf import settings
from django.db import models

from shuoshi.org.models import Mine


class Handover(models.Model):
    """
    What whoever was on duty leaves to the next: their words, and what is unfinished.

    The words are sealed; matters are kept by id, so that whoever must not know of one
    does not read of it here either.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="handovers")
    day = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers_given"
    )
    words = models.TextField(blank=True)
    key = models.TextField()
    # Ids of the matters that waited for whoever gives it.
    unfinished = models.JSONField(default=list)
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers_taken",
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "day", "by"], name="handover_once_a_turn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.by_id}"
