from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from shuoshi.matters.models.matter import Matter
from shuoshi.matters.rules.states import Channel
from shuoshi.org.models import Mine


class HigherOrgan(models.Model):
    """Where accusations of cadres go whom this mine does not manage."""

    mine = models.OneToOneField(Mine, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """The receipt of a letter that goes up unread. Of what is in it there is nothing here."""

    uid = models.UUIDField(unique=True, default=uuid4)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    organ = models.CharField(max_length=100)
    receipt_digest = models.CharField(
        max_length=80, unique=True, null=True, blank=True, editable=False
    )
    # A matter that was found to be of this kind; its words are gone from here.
    matter = models.OneToOneField(
        Matter, models.PROTECT, null=True, blank=True, related_name="referral"
    )
    taken_on = models.DateField()
    letter_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    passed_on = models.DateField(null=True, blank=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "year", "serial"], name="referral_once"
            ),
            models.CheckConstraint(
                condition=Q(receipt_digest__isnull=False) | Q(matter__isnull=False),
                name="referral_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(letter_on__isnull=True, due_on__isnull=True)
                | Q(letter_on__isnull=False, due_on__isnull=False),
                name="referral_due_once_here",
            ),
            models.CheckConstraint(
                condition=Q(passed_on__isnull=True, passed_by=None)
                | Q(
                    passed_on__isnull=False,
                    passed_by__isnull=False,
                    letter_on__isnull=False,
                ),
                name="referral_passed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["mine", "due_on"],
                condition=Q(passed_on=None, due_on__isnull=False),
                name="referral_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What is written on the envelope: no number of a matter looks like it."""
        return f"{self.year}-S{self.serial:03}"
