from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint


class Seal(models.Model):
    """
    One root over all events recorded since the seal before, and over that seal.

    The events are those with after_id < id <= last_id, each a leaf in that order.
    """

    day = models.DateField(unique=True)
    sealed_at = models.DateTimeField()
    after_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    leaves = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(last_id__gte=F("after_id")), name="seal_covers_a_range"
            ),
            UniqueConstraint(fields=["prev_hash"], name="seal_has_one_successor"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.hash[:16]}"
