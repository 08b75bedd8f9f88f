from django.db import models

from shuoshi.matters.models.matter import Matter


class Origin(models.Model):
    """What the old ledger said of an imported matter, where no column here says it."""

    matter = models.OneToOneField(
        Matter, models.PROTECT, primary_key=True, related_name="origin"
    )
    # The number of the import, counted by mine and year.
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    sheet = models.CharField(max_length=40, blank=True)
    row = models.PositiveIntegerField()
    channel = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=60, blank=True)
    handling_unit = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.year}/{self.serial}"
