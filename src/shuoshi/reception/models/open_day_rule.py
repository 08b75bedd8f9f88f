from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine
from shuoshi.reception.rules.open_days import LAST_THURSDAY, Fallback


class OpenDayRule(models.Model):
    """When a mine's leaders receive; while it has none, the usual rule holds."""

    mine = models.OneToOneField(Mine, models.CASCADE, related_name="open_day_rule")
    # RFC 5545, without its name.
    recurrence = models.CharField(_("规则"), max_length=200, default=LAST_THURSDAY)
    fallback = models.CharField(
        _("遇到不上班的日子"),
        max_length=10,
        choices=Fallback.choices,
        default=Fallback.PREVIOUS,
    )
    announce_days = models.PositiveSmallIntegerField(_("提前几天公告"), default=7)
    starts_at = models.TimeField(_("从"), default=time(9))
    ends_at = models.TimeField(_("到"), default=time(11, 30))
    slot_minutes = models.PositiveSmallIntegerField(_("每个号几分钟"), default=15)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="open_day_rule_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(slot_minutes__gte=5, slot_minutes__lte=120),
                name="open_day_rule_slots_of_some_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mine_id}: {self.recurrence}"
