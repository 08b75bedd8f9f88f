from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine, Unit
from shuoshi.reception.rules.open_days import OpenDayState


class OpenDay(models.Model):
    """A day on which a leader receives whoever comes, with departments beside them."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="open_days")
    # Of which month it is, even if a holiday moved it into another.
    month = models.CharField(max_length=7)
    day = models.DateField(_("日期"))
    moved_from = models.DateField(null=True, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="open_days"
    )
    # Who receives in the leader's place.
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="open_days_for_others",
    )
    departments = models.ManyToManyField(Unit, related_name="open_days", blank=True)
    starts_at = models.TimeField(_("从"))
    ends_at = models.TimeField(_("到"))
    minutes = models.PositiveSmallIntegerField(_("每个号几分钟"))
    state = models.CharField(
        max_length=10, choices=OpenDayState.choices, default=OpenDayState.PLANNED
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("取消的原因"), max_length=200, blank=True)
    report = models.TextField(_("当天情况"), blank=True)
    # Who wrote it; somebody else looks over it before everybody reads it.
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="open_days_reported",
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "month"],
                condition=~models.Q(state="CANCELLED"),
                name="open_day_once_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="open_day_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.leader_id}"

    @property
    def receives(self) -> models.Model:
        """Who receives: the substitute if there is one."""
        return self.substitute or self.leader

    @property
    def line(self) -> str:
        """Under what the times of this day are booked."""
        return f"OPEN-{self.pk}"
