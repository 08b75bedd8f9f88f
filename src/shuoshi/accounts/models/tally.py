from django.db import models
from django.db.models import UniqueConstraint


class Tally(models.Model):
    """How often something was tried in one stretch of time; all workers share it."""

    kind = models.CharField(max_length=40)
    # A keyed hash of who or what is counted: the table alone names nobody.
    key = models.CharField(max_length=64)
    # The number of the stretch since 1970.
    slot = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["kind", "key", "slot"], name="tally_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"
