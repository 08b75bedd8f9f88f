from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.duty.models.turn import Turn
from shuoshi.org.models import Mine


class SwapState(models.TextChoices):
    ASKED = "ASKED", _("等对方答复")
    AGREED = "AGREED", _("已换")
    REFUSED = "REFUSED", _("对方不同意")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class Swap(models.Model):
    """One person asks another to take their turn, for one of the other's or for none."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="swaps")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="swaps_asked")
    # What is given in return; none where a leave is simply covered.
    back = models.ForeignKey(
        Turn, models.CASCADE, null=True, blank=True, related_name="swaps_returned"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="swaps_asked"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="swaps_to_answer"
    )
    state = models.CharField(
        max_length=10, choices=SwapState.choices, default=SwapState.ASKED
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn"],
                condition=models.Q(state="ASKED"),
                name="swap_one_open_a_turn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.state}"
