from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models.mine import Mine
from shuoshi.org.models.unit import Unit


class Category(models.Model):
    """What a matter is about, and the unit it usually belongs to."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("名称"), max_length=60)
    usual_unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["mine", "code"], name="category_code")
        ]

    def __str__(self) -> str:
        return self.name
