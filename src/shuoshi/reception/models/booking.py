from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine
from shuoshi.reception.rules.bookings import HOLDING, ON_DUTY, BookingState, Party


class Booking(models.Model):
    """
    A time at which somebody will be received.

    Who comes and what about is sealed; the database itself lets nobody have a time that
    somebody has.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="bookings")
    # Whose time it is: whoever is on duty.
    line = models.CharField(max_length=40, default=ON_DUTY)
    day = models.DateField(_("日期"))
    starts_at = models.TimeField(_("时间"))
    party = models.CharField(max_length=10, choices=Party.choices)
    unit = models.TextField(_("单位"), blank=True)
    name = models.TextField(_("姓名"), blank=True)
    contact = models.TextField(_("联系方式"), blank=True)
    words = models.TextField(_("想说的事"), blank=True)
    key = models.TextField()
    receipt_digest = models.CharField(max_length=80, unique=True)
    contact_digest = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=BookingState.choices, default=BookingState.BOOKED
    )
    booked_at = models.DateTimeField()
    # The matter that the talk became.
    matter = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "line", "day", "starts_at"],
                condition=Q(state__in=[str(state) for state in HOLDING]),
                name="booking_one_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["mine", "day", "starts_at"], name="booking_days"),
            models.Index(
                fields=["contact_digest"],
                condition=Q(state="BOOKED"),
                name="booking_open_of_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_at} {self.state}"
