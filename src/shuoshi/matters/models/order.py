from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.matters.models.matter import Matter


class OrderKind(models.TextChoices):
    SUPERVISION = "SUPERVISION", _("督办")
    INSTRUCTION = "INSTRUCTION", _("批示")


class Order(models.Model):
    """What a leader wants done with a matter, and by when."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=20, choices=OrderKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The event that records it holds the words, sealed.
    seq = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    finish_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"
