from django.conf import settings
from django.db import models
from django.db.models import Q

from shuoshi.org.models import Mine


class CommitteeKey(models.Model):
    """The key to which a mine's accusations are sealed; one at a time, old ones retired."""

    mine = models.ForeignKey(Mine, models.PROTECT, db_index=False, related_name="+")
    public = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    # Touched by whoever seals to it, so that nobody retires it meanwhile.
    sealed_at = models.DateTimeField(null=True, blank=True)
    # By the key of the hashes: nothing is sealed to a key that the house did not draw.
    vouch = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine"],
                condition=Q(retired_at=None),
                name="one_committee_key_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CommitteeHolder(models.Model):
    """The secret half of a committee's key, sealed under one member's passphrase."""

    key = models.ForeignKey(CommitteeKey, models.CASCADE, related_name="holders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    # How the passphrase becomes a key, and what it seals.
    cost = models.CharField(max_length=40)
    salt = models.CharField(max_length=40)
    sealed = models.TextField()
    made_at = models.DateTimeField()
    # Of a passphrase that a colleague was given: until then, and to be changed.
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "person"], name="one_passphrase_a_member"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.key_id} {self.person_id}"
