from django.db import models


class Generation(models.Model):
    """One row whose number says when anything about the organisation last changed."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)
