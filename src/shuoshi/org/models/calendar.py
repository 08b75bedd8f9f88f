from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    HOLIDAY = "HOLIDAY", _("法定休假")
    MAKE_UP = "MAKE_UP", _("调休上班")
    CLOSURE = "CLOSURE", _("本单位停工")
    OPENING = "OPENING", _("本单位上班")


STATUTORY = (DayKind.HOLIDAY, DayKind.MAKE_UP)


class CalendarDay(models.Model):
    """A day that departs from the plain week: for everybody, or for one mine."""

    # Without a mine the day stands in the State Council's plan and holds for all.
    mine = models.ForeignKey(
        "org.Mine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calendar_days",
    )
    day = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=10, choices=DayKind.choices)
    name = models.CharField(_("名称"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(mine=None),
                name="calendar_day_once_for_all",
            ),
            models.UniqueConstraint(
                fields=["mine", "day"],
                condition=models.Q(mine__isnull=False),
                name="calendar_day_once_a_mine",
            ),
            models.CheckConstraint(
                condition=models.Q(mine=None, kind__in=STATUTORY)
                | models.Q(mine__isnull=False) & ~models.Q(kind__in=STATUTORY),
                name="calendar_day_kind_fits_its_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.name}".rstrip()


class CalendarYear(models.Model):
    """A year whose plan is published and loaded: its days are no longer provisional."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    source = models.CharField(_("来源"), max_length=200)
    loaded_at = models.DateTimeField(_("载入时间"))
    loaded_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.year} {self.source}"
