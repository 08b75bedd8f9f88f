from django.conf import settings
from django.db import models

from shuoshi.notices.rules.kinds import Group
from shuoshi.notices.rules.roads import Road


class Muted(models.Model):
    """A kind of message that a person does not want on one road."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted"
    )
    road = models.CharField(max_length=10, choices=Road.choices)
    group = models.CharField(max_length=10, choices=Group.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "road", "group"], name="muted_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.person_id} {self.road} {self.group}"


class QuietHours(models.Model):
    """When a person is not written to, in the house's zone; equal ends are no hours."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="quiet_hours"
    )
    starts = models.TimeField()
    ends = models.TimeField()

    def __str__(self) -> str:
        return f"#{self.person_id} {self.starts}–{self.ends}"
