from django.db import models

from shuoshi.org.models import Mine, Unit


class Counted(models.Model):
    """How many of the matters raised in a stretch of time have come how far."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="+", db_index=False)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=20)
    raised = models.PositiveIntegerField(default=0)
    triaged = models.PositiveIntegerField(default=0)
    on_the_spot = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    replied = models.PositiveIntegerField(default=0)
    timed = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    said = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)
    rated = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    extended = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class DailyFigure(Counted):
    """The matters raised on one day, by lead unit and channel, counted once for all."""

    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "day", "lead_unit", "channel"], name="figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mine_id} {self.day}"


class MonthlyFigure(Counted):
    """The sums of a month; ``month`` is its first day."""

    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "month", "lead_unit", "channel"],
                name="monthly_figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mine_id} {self.month}"


class Dirty(models.Model):
    """
    A day whose figures no longer hold.

    Appended with every change and never merged, so that writers do not wait for each
    other and the counting worker takes away only what it has seen.
    """

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        verbose_name_plural = "dirty"
        indexes = [models.Index(fields=["mine", "day"], name="dirty_day")]

    def __str__(self) -> str:
        return f"{self.mine_id} {self.day}"
