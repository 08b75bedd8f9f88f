from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.matters.models.matter import Matter
from shuoshi.matters.rules.states import Grade, Outcome


class Claim(models.Model):
    """One point of what is asked, answered and rated on its own."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="claims")
    place = models.PositiveSmallIntegerField()
    text = models.TextField(_("诉求"))
    facts = models.TextField(_("事实"), blank=True)
    basis = models.TextField(_("依据"), blank=True)
    outcome = models.CharField(
        _("处理结果"), max_length=20, choices=Outcome.choices, blank=True
    )
    # What the answering unit says, and what the speaker says.
    solved = models.BooleanField(_("已解决"), null=True)
    speaker_solved = models.BooleanField(_("说事人认为已解决"), null=True)
    grade = models.CharField(
        _("满意度"), max_length=20, choices=Grade.choices, blank=True
    )
    comment = models.TextField(_("评语"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "place"], name="claim_place")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.place}"
