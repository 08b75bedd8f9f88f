from django.conf import settings
from django.db import models
from django.db.models import Q

from shuoshi.matters.models.matter import Matter
from shuoshi.matters.rules.states import Part as PartKind
from shuoshi.org.models import Unit


class Part(models.Model):
    """What a unit beside the lead unit has to do: assist, give an opinion, do a share."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    task = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True)
    dissents = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at=None, warned_at=None, due_at__isnull=False),
                name="part_due",
            ),
            models.Index(
                fields=["unit", "kind"],
                condition=Q(done_at=None),
                name="part_owed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="part_done_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.unit_id} {self.kind}"


class ObjectNamed(models.Model):
    """
    A person or unit whom the matter is about; for them and their line it is not there.

    Who stepped back for an interest of their own is ``recused``: kept from it alone.
    Neither person nor unit: nobody knows yet whom the speaker means.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="objects_named")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit=None)
                | Q(person=None, recused=False),
                name="object_is_person_or_unit",
            ),
            models.UniqueConstraint(
                fields=["matter", "person", "recused"],
                condition=Q(person__isnull=False),
                name="object_person_once",
            ),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=Q(unit__isnull=False),
                name="object_unit_once",
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(person=None, unit=None),
                name="object_unknown_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.matter_id}"

    @property
    def is_unknown(self) -> bool:
        """True while nobody knows whom the speaker means."""
        return self.person_id is None and self.unit_id is None
