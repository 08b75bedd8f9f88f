from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine, Unit


class Origin(models.TextChoices):
    ROSTER = "ROSTER", _("排班")
    HAND = "HAND", _("手工")
    SWAP = "SWAP", _("换班")


class Turn(models.Model):
    """A person's day on duty in the talk room, for their department."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="turns")
    day = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="turns")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="turns"
    )
    # What the roster made it may make anew; what people agreed stays.
    origin = models.CharField(
        max_length=10, choices=Origin.choices, default=Origin.HAND
    )
    arrived_at = models.DateTimeField(_("到岗"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mine", "day", "person"], name="turn_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.person_id}"
