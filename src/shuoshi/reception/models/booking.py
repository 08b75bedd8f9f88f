from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine
from shuoshi.reception.rules.bookings import HOLDING, ON_DUTY, OPEN, BookingState, Party


class Booking(models.Model):
    """
    A time at which somebody will be received, or their place in line for one.

    Who comes and what about is sealed; the database itself lets nobody have a time that
    somebody has.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="bookings")
    # Whose time it is: whoever is on duty.
    line = models.CharField(max_length=40, default=ON_DUTY)
    day = models.DateField(_("日期"))
    # None while they wait for one.
    starts_at = models.TimeField(_("时间"), null=True, blank=True)
    party = models.CharField(max_length=10, choices=Party.choices)
    unit = models.TextField(_("单位"), blank=True)
    name = models.TextField(_("姓名"), blank=True)
    contact = models.TextField(_("联系方式"), blank=True)
    words = models.TextField(_("想说的事"), blank=True)
    key = models.TextField()
    receipt_digest = models.CharField(max_length=80, unique=True)
    contact_digest = models.CharField(max_length=80)
    # Which of the few that one contact may have open; the database holds it.
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=BookingState.choices, default=BookingState.BOOKED
    )
    booked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The matter that the talk became.
    matter = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "line", "day", "starts_at"],
                condition=Q(state__in=[str(state) for state in HOLDING]),
                name="booking_one_a_time",
            ),
            models.UniqueConstraint(
                fields=["mine", "contact_digest", "place"],
                condition=Q(state__in=[str(state) for state in OPEN]),
                name="booking_few_of_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False)
                | ~Q(state__in=[str(state) for state in HOLDING]),
                name="booking_held_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["mine", "day", "starts_at"], name="booking_days"),
            models.Index(
                fields=["contact_digest"],
                condition=Q(state="BOOKED"),
                name="booking_open_of_contact",
            ),
            models.Index(
                fields=["mine", "line", "id"],
                condition=Q(state="WAITING"),
                name="booking_in_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_at} {self.state}"
