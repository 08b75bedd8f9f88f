from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint


class Event(models.Model):
    """
    One line of the record: who did what to which thing, and when.

    No foreign keys, so the record never blocks, follows or dies with the data. The
    database refuses to change or delete a line (rules/append_only.py); a migration
    that alters this table must make its triggers anew.
    """

    # 0 is the installation itself.
    mine_id = models.BigIntegerField()
    about = models.UUIDField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    by = models.CharField(max_length=60)
    # What a note is on, to be asked by; the detail says the same under the hash.
    thing = models.UUIDField(null=True, blank=True)
    # Codes, ids and dates. Free text goes into `words`, sealed.
    detail = models.JSONField(default=dict, blank=True)
    words = models.TextField(default="", blank=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["about", "seq"], name="event_has_one_place"),
            CheckConstraint(condition=Q(seq__gte=1), name="event_counts_from_one"),
        ]
        indexes = [
            Index(
                fields=["thing", "id"],
                condition=Q(thing__isnull=False),
                name="event_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}/{self.seq} {self.verb}"
