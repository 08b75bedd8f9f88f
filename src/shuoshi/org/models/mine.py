from django.db import models
from django.utils.translation import gettext_lazy as _


class Mine(models.Model):
    """A mine: the tenant whose id is on every row."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
