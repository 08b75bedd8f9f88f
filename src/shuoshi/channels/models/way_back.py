from uuid import uuid4

from django.db import models


class WayBack(models.Model):
    """Where news on a matter goes whose speaker gave a name and came by a platform."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    about = models.UUIDField(unique=True)
    platform = models.CharField(max_length=10)
    address = models.TextField()
    key = models.TextField()

    def __str__(self) -> str:
        return f"{self.platform} {self.about}"


class PendingPicture(models.Model):
    """A picture that a matter came with and that lies with the platform still."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    about = models.UUIDField(db_index=True)
    platform = models.CharField(max_length=10)
    media = models.TextField()
    key = models.TextField()

    def __str__(self) -> str:
        return f"{self.platform} {self.about}"
