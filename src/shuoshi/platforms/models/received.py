from uuid import uuid4

from django.db import models


class Received(models.Model):
    """
    A message that was taken, so that its repetitions are answered and do nothing.

    Nothing here tells who sent it: only the hash of the platform's own number for it, and
    for some minutes the answer, sealed. The hour is all that is kept of the time.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    platform = models.CharField(max_length=10)
    digest = models.CharField(max_length=80)
    hour = models.DateTimeField(db_index=True)
    answer = models.TextField(blank=True)
    # Where the answer goes, if it does not go back the way the message came.
    address = models.TextField(blank=True)
    key = models.TextField(blank=True)
    answer_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "digest"], name="received_once")
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.hour}"
