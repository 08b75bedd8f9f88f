from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from shuoshi.privacy.rules.purposes import Outcome, Wish


class RightsRequest(models.Model):
    """What a person asked about their own information, and how it was answered."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine_id = models.BigIntegerField()
    # The matter of a speaker; a person who signs in asks about themselves.
    about = models.UUIDField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    wish = models.CharField(max_length=20, choices=Wish.choices)
    # Sealed under the request's own key.
    words = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    key = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            Index(fields=["about", "id"], name="rights_request_about"),
            Index(fields=["mine_id", "due_on"], name="rights_request_due"),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(about__isnull=False, person_id=None)
                | Q(about=None, person_id__isnull=False),
                name="rights_request_is_somebodys",
            ),
            CheckConstraint(
                condition=Q(outcome="", answered_at=None)
                | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="rights_request_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"
