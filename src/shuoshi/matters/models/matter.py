import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from shuoshi.matters.rules.states import (
    OPEN,
    Channel,
    Ground,
    Identity,
    Level,
    PetitionClass,
    RequestType,
    Risk,
    State,
    Zone,
    zone_of,
)
from shuoshi.org.models import Category, Mine, Unit


if TYPE_CHECKING:
    from datetime import datetime

IS_OPEN = Q(state__in=sorted(OPEN))


def _person(
    name: str, *, null: bool = True
) -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        blank=null,
        related_name=f"matters_{name}",
        # The listings have indexes of their own; this one would only cost writes.
        db_index=False,
    )


class Matter(models.Model):
    """Something a person raised that must be answered."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mine = models.ForeignKey(
        Mine, models.PROTECT, db_index=False, related_name="matters"
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("编号"), max_length=20)
    state = models.CharField(_("状态"), max_length=20, choices=State.choices)

    channel = models.CharField(_("渠道"), max_length=20, choices=Channel.choices)
    identity = models.CharField(max_length=20, choices=Identity.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    unit_text = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=100, blank=True)
    # Title and text are empty once sealed; the words then lie in sealed_text.
    title = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    sealed_text = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)

    request_type = models.CharField(
        _("诉求类型"), max_length=20, choices=RequestType.choices, blank=True
    )
    petition_class = models.CharField(
        _("信访类别"), max_length=20, choices=PetitionClass.choices, blank=True
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, db_index=False
    )
    level = models.CharField(
        max_length=20, choices=Level.choices, default=Level.ORDINARY
    )
    risk = models.CharField(max_length=20, choices=Risk.choices, blank=True)

    received_at = models.DateTimeField()
    received_on = models.DateField()
    # When it was first sent to a unit; never, if it was solved on the spot.
    triaged_at = models.DateTimeField(null=True, blank=True)
    first_receiver = _person("received", null=False)
    responsible = _person("answered_for")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, related_name="matters_led"
    )
    handler = _person("handled")
    convener = _person("convened")

    # The total clock, and the one deadline that runs now.
    answer_due_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    due_from = models.DateTimeField()
    state_since = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    rung = models.PositiveSmallIntegerField(default=0)
    next_rung_at = models.DateTimeField(null=True, blank=True)
    accountable = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    asked_until = models.DateField(null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)

    returns = models.PositiveSmallIntegerField(default=0)
    designated = models.BooleanField(default=False)
    reopened = models.PositiveSmallIntegerField(default=0)
    reviews = models.PositiveSmallIntegerField(default=0)
    supervised = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Until when the speaker may ask for the next review.
    ask_until = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    names_objects = models.BooleanField(default=False)

    # Taken together over the claims, for figures: unknown until said.
    on_time = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    is_rated = models.BooleanField(default=False)

    key = models.TextField()
    version = models.PositiveIntegerField()
    head_hash = models.CharField(max_length=64)
    receipt_digest = models.CharField(max_length=96, null=True, unique=True)  # noqa: DJ001 - unique, so none must be NULL
    source_number = models.CharField(max_length=60, blank=True)
    source_digest = models.CharField(max_length=96, null=True)  # noqa: DJ001 - unique with the mine

    # When this copy was taken to be looked at; what was granted for a time hangs on it.
    looked_at: "datetime | None" = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "year", "serial"], name="matter_number"
            ),
            models.UniqueConstraint(
                fields=["mine", "source_digest"],
                condition=Q(source_digest__isnull=False),
                name="matter_imported_once",
            ),
            models.CheckConstraint(
                condition=(
                    IS_OPEN
                    & Q(responsible__isnull=False, due_at__isnull=False, ended_at=None)
                )
                | (~IS_OPEN & Q(responsible=None, due_at=None, ended_at__isnull=False)),
                name="matter_open_has_one_responsible_and_one_deadline",
            ),
        ]
        # Conditions hold no values: SQLite uses a partial index only where the question
        # says the same in the same words, and values reach it as parameters.
        indexes = [
            models.Index(
                fields=["responsible", "due_at"],
                condition=Q(due_at__isnull=False),
                name="matter_waiting",
            ),
            models.Index(
                fields=["next_rung_at"],
                condition=Q(next_rung_at__isnull=False),
                name="matter_ladder",
            ),
            models.Index(
                fields=["mine", "state", "due_at"],
                condition=Q(due_at__isnull=False),
                name="matter_open",
            ),
            models.Index(fields=["mine", "received_at", "id"], name="matter_ledger"),
            models.Index(fields=["mine", "received_on"], name="matter_day"),
            models.Index(fields=["lead_unit", "received_at"], name="matter_by_unit"),
            models.Index(
                fields=["first_receiver", "received_at"], name="matter_by_receiver"
            ),
            models.Index(
                fields=["handler", "received_at"],
                condition=Q(handler__isnull=False),
                name="matter_by_handler",
            ),
            models.Index(
                fields=["convener", "received_at"],
                condition=Q(convener__isnull=False),
                name="matter_by_convener",
            ),
            models.Index(
                fields=["asked_until"],
                condition=Q(asked_until__isnull=False),
                name="matter_asked",
            ),
            models.Index(
                fields=["mine", "received_on"],
                condition=Q(names_objects=True),
                name="matter_objects",
            ),
            models.Index(
                fields=["mine"], condition=Q(sealed=True), name="matter_sealed"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("matters:matter", args=[self.number])

    @property
    def zone(self) -> Zone:
        return zone_of(self.state)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def due_is_provisional(self) -> bool:
        """
        True if the running deadline itself lies in a year without a plan.

        ``provisional`` says so of any of the matter's deadlines: the answer's may fall
        into such a year while the step at hand ends before it.
        """
        if not self.provisional or self.due_at is None:
            return False
        return localtime(self.due_at).year >= localtime(self.answer_due_at).year
