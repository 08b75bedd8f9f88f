from uuid import uuid4

from django.db import models


class Conversation(models.Model):
    """
    A talk on a platform that has begun: what was said so far, sealed, for half an hour.

    The digest finds it again; it ends with the matter, and nothing links the two.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=80, unique=True)
    said = models.TextField(blank=True)
    key = models.TextField(blank=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"#{self.pk}"
