from django.db import models


class Heartbeat(models.Model):
    """A worker, and when it was last seen at work."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
