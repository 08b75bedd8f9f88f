"""In what a limit is counted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LimitUnit(TextChoices):
    WORKING = "WORKING", _("工作日")
    CALENDAR = "CALENDAR", _("日")
    MINUTES = "MINUTES", _("分钟")
