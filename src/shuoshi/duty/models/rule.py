from datetime import time
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine


OPENS_AT: Final = time(8, 30)


class RosterRule(models.Model):
    """How a mine makes its roster; while it has none, the usual rule holds."""

    mine = models.OneToOneField(Mine, models.CASCADE, related_name="roster_rule")
    per_day = models.PositiveSmallIntegerField(_("每天几人"), default=1)
    apart = models.BooleanField(_("不连着值两个工作日"), default=True)
    # Ids of departments in the order of their turns; those that are new come last.
    order = models.JSONField(_("部门顺序"), default=list)
    opens_at = models.TimeField(_("开门时间"), default=OPENS_AT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(per_day__gte=1, per_day__lte=5),
                name="roster_rule_some_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mine_id}: {self.per_day}"
