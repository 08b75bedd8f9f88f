"""What was promised to somebody who was received, and how it is looked after. Pure."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


MOST_PROMISE: Final = 500
MOST_OUTCOME: Final = 1000


class PromiseState(TextChoices):
    """What became of a promise."""

    OPEN = "OPEN", _("办着")
    REPORTED = "REPORTED", _("报了，等人核对")
    KEPT = "KEPT", _("做到了")
    BROKEN = "BROKEN", _("没有做到")


WAITING: Final = (PromiseState.OPEN, PromiseState.REPORTED)
