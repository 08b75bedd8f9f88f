from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuoshi.matters.models.matter import Matter
from shuoshi.org.models import Mine


class LetterKind(models.TextChoices):
    ACCEPTANCE = "ACCEPTANCE", _("受理告知书")
    DECLINE = "DECLINE", _("不予受理告知书")
    EXTENSION = "EXTENSION", _("延期告知书")
    OPINION = "OPINION", _("处理意见书")
    REVIEW = "REVIEW", _("复查复核意见书")


class Letter(models.Model):
    """An official letter on a matter, numbered without gaps in its year."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "kind", "year", "serial"], name="letter_number"
            ),
            models.CheckConstraint(condition=Q(serial__gt=0), name="letter_serial"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}〔{self.year}〕{self.serial}号"
