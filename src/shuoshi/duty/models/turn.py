from django.conf import settings
from django.db import models

from shuoshi.org.models import Mine, Unit


class Turn(models.Model):
    """A person's day on duty in the talk room, for their department."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="turns")
    day = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="turns")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="turns"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mine", "day", "person"], name="turn_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.person_id}"
