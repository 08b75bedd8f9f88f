from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from shuoshi.files.rules.kinds import FORMATS, Kind


class Attachment(models.Model):
    """A file that came with a matter: checked, cleaned and sealed in the store."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mine_id = models.BigIntegerField()
    about = models.UUIDField()
    kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in Kind]
    )
    size = models.PositiveIntegerField()
    # Of the sealed bytes as they lie in the store: proves them and tells nothing.
    sha256 = models.CharField(max_length=64)
    # The wrapped data key. Empty once the file was removed: nobody opens it again.
    box = models.TextField(blank=True)
    name_sealed = models.TextField(blank=True)
    # Waits for the virus scanner: nobody gets it meanwhile.
    held = models.BooleanField(default=False)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    removed_by = models.CharField(max_length=60, default="", blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            Index(fields=["about", "added_at"], name="attachment_about"),
            Index(fields=["added_at"], condition=Q(held=True), name="attachment_held"),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by="")
                | (Q(removed_at__isnull=False, box="") & ~Q(removed_by="")),
                name="attachment_removed_by_somebody_for_good",
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"

    @property
    def stored_as(self) -> str:
        """The name in the store: says nothing, spread over 256 folders."""
        return f"{self.id.hex[:2]}/{self.id.hex[2:]}.bin"

    @property
    def content_type(self) -> str:
        return FORMATS[Kind(self.kind)].content_type
