from django.db import models

from shuoshi.org.models.mine import Mine
from shuoshi.org.rules.limits import LimitUnit


class LimitTemplate(models.Model):
    """
    How long something may take, and the article or rule it comes from.

    Blank classes match every matter; the row that names most of them wins. A changed
    limit is a new row with the next version: running matters keep what they copied.
    """

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="limits")
    key = models.CharField(max_length=30)
    request_type = models.CharField(max_length=20, blank=True)
    petition_class = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=10, choices=LimitUnit.choices)
    basis = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "mine",
                    "key",
                    "request_type",
                    "petition_class",
                    "category",
                    "level",
                ],
                condition=models.Q(is_active=True),
                name="limit_one_active_a_class",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount} {self.unit}"


class Rung(models.Model):
    """One step of the ladder that a matter climbs as its limit runs out."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="rungs")
    order = models.PositiveSmallIntegerField()
    # Either a share of the limit, or working days after it.
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    workdays_over = models.PositiveSmallIntegerField(null=True, blank=True)
    tells = models.CharField(max_length=30)
    colour = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mine", "order"], name="rung_order"),
            models.CheckConstraint(
                condition=models.Q(percent=None, workdays_over__isnull=False)
                | models.Q(percent__isnull=False, workdays_over=None),
                name="rung_is_share_or_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.colour} {self.tells}"
