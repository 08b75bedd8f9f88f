from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q

from shuoshi.org.models.mine import Mine
from shuoshi.org.models.post import Post
from shuoshi.org.models.unit import Unit
from shuoshi.org.rules.proposals import ProposalKind
from shuoshi.org.rules.roles import Role


class Proposal(models.Model):
    """What one administrator asks and another confirms, with its reason under seal."""

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, choices=ProposalKind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals"
    )
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    title = models.CharField(max_length=60, blank=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    # The half of a reset, sealed, until who asked has read it.
    half = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals_asked"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)
    # The post of who stands in, and until when.
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="proposal_takes_two",
            ),
            CheckConstraint(
                condition=~Q(person=F("asked_by"))
                & (Q(decided_by=None) | ~Q(person=F("decided_by"))),
                name="proposal_is_for_another",
            ),
            CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_by_and_at",
            ),
            CheckConstraint(
                condition=Q(confirmed=False) | Q(decided_at__isnull=False),
                name="proposal_confirmed_is_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["mine", "-asked_at"], name="proposal_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.person_id}"
