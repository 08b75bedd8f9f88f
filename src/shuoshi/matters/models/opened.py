from django.conf import settings
from django.db import models

from shuoshi.matters.models.matter import Matter


class Opened(models.Model):
    """
    Somebody at work opened a matter on a day: one row, however often.

    When somebody is kept out of it later, it says what they had seen.
    """

    matter = models.ForeignKey(
        Matter, models.PROTECT, db_index=False, related_name="opened"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+"
    )
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person", "day"], name="opened_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.matter_id} {self.day}"
