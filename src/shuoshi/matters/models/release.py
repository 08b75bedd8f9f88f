from django.conf import settings
from django.db import models
from django.db.models import Q

from shuoshi.matters.models.matter import Matter


class Release(models.Model):
    """Leave asked, and given or not, to learn who spoke in confidence until a moment."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="releases")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by=None)
                | (
                    Q(decided_at__isnull=False)
                    & ~Q(granted_by=models.F("asked_by"))
                    & ~Q(granted_by=models.F("to"))
                ),
                name="release_needs_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.matter_id}"
