from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine


class ReceptionHours(models.Model):
    """From when to when times can be booked on a working day; more than one a mine."""

    mine = models.ForeignKey(Mine, models.CASCADE, related_name="reception_hours")
    starts_at = models.TimeField(_("从"), default=time(9))
    ends_at = models.TimeField(_("到"), default=time(11, 30))
    minutes = models.PositiveSmallIntegerField(_("每个号几分钟"), default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="reception_hours_begin_before_they_end",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=240),
                name="reception_hours_of_some_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}-{self.ends_at}"
