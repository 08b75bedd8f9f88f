from django.db import models


class ChainEnd(models.Model):
    """Where a chain ends that nothing else remembers: a cut at its end is missed."""

    about = models.UUIDField(primary_key=True)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.about}/{self.seq}"
