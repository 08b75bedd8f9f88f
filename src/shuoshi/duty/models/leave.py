from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine


class Leave(models.Model):
    """Days on which somebody takes no turn. Why is nobody's business here."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="leaves")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves"
    )
    since = models.DateField(_("从"))
    until = models.DateField(_("到"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__lte=models.F("until")),
                name="leave_begins_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=["mine", "person", "since", "until"], name="leave_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.since} {self.until}"
