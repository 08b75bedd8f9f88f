from django.conf import settings
from django.db import models


class Feed(models.Model):
    """A secret address under which somebody's calendar reads their turns."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="duty_feed"
    )
    # Only a keyed hash of what stands in the address.
    digest = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)
