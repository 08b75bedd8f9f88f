from django.db import models

from shuoshi.matters.models.matter import Matter


class Speaker(models.Model):
    """Who raised a matter, sealed under a key of its own; no row for the anonymous."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="speaker")
    name = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    # Erasing the person empties the key; what it sealed is then noise.
    key = models.TextField(blank=True)
    # The law wants it kept: stored, and shown to nobody any more.
    restricted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.matter_id}"
