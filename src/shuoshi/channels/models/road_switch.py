from django.conf import settings
from django.db import models

from shuoshi.channels.rules.roads import RoadIn
from shuoshi.org.models import Mine


class RoadSwitch(models.Model):
    """A road into a mine's talk room that somebody closed, or opened again."""

    mine = models.ForeignKey(Mine, models.CASCADE, related_name="road_switches")
    road = models.CharField(max_length=10, choices=RoadIn.choices)
    is_open = models.BooleanField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mine", "road"], name="road_switch_once")
        ]

    def __str__(self) -> str:
        return f"{self.road} {self.is_open}"
