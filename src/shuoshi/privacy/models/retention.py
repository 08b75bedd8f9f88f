from uuid import uuid4

from django.db import models
from django.db.models import UniqueConstraint

from shuoshi.privacy.rules.kinds import Kept
from shuoshi.privacy.rules.purposes import Fate


class Period(models.Model):
    """For how long a mine keeps one kind of record, on which ground, and what comes then."""

    mine_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Kept.choices)
    months = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=200)
    fate = models.CharField(max_length=20, choices=Fate.choices)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["mine_id", "kind"], name="period_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.months}"


class RetentionPlan(models.Model):
    """
    What a run would do, as it was shown to a person: numbers alone, and a digest of the rows.

    Only what was shown and confirmed is done.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    # Until which moment the periods were reckoned: the run looks no further.
    until = models.DateTimeField()
    digest = models.CharField(max_length=64)
    lines = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Why it was not done after all.
    outdated = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.uid}"
