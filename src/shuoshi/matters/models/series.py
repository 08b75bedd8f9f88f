from django.db import models

from shuoshi.org.models import Mine


class Series(models.Model):
    """A series of numbers without gaps, by mine and year."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["mine", "name", "year"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last}"
