from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models.mine import Mine


class UnitKind(models.TextChoices):
    MINE = "MINE", _("矿")
    DEPARTMENT = "DEPARTMENT", _("机关科室")
    DISTRICT = "DISTRICT", _("区队")
    CREW = "CREW", _("班组")


class Unit(models.Model):
    """A department, district team or crew; the root stands for the mine itself."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below"
    )
    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    path = models.CharField(max_length=200, db_index=True)
    takes_duty = models.BooleanField(_("轮流值班"), default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine"],
                condition=models.Q(parent=None),
                name="unit_one_root_a_mine",
            )
        ]

    def __str__(self) -> str:
        return self.name
