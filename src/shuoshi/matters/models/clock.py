from django.db import models

from shuoshi.matters.models.matter import Matter


class ClockEntry(models.Model):
    """One line of the clock's log, from which the due moment is derived."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clock")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    amount = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    key = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)
    basis = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"
