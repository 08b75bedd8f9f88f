from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """
    A message that there is news on a matter, or of the house: never what the news is.

    Nobody in ``to`` is the speaker, who has no account and reads it behind the receipt.
    """

    mine_id = models.BigIntegerField()
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        db_index=False,
    )
    # Empty for what is about no matter; then the kind says where it leads.
    about = models.UUIDField(null=True, blank=True)
    number = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40)
    road = models.CharField(max_length=20, default="IN_APP")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-id"], name="notice_newest"),
            models.Index(
                fields=["to", "at"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["id"], condition=Q(sent_at=None), name="notice_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
