from uuid import uuid4

from django.db import models

from shuoshi.org.models import Mine
from shuoshi.reception.models.booking import Booking
from shuoshi.reception.rules.queue import TicketState


class Ticket(models.Model):
    """A number in the queue of a day: nothing in it tells who holds it."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="tickets")
    # Whose queue it is: the duty's, or that of an open day.
    line = models.CharField(max_length=40)
    day = models.DateField()
    number = models.PositiveIntegerField()
    # Their place; whoever was called and not there goes behind all others once.
    turn = models.PositiveIntegerField()
    starts_at = models.TimeField(null=True, blank=True)
    booking = models.OneToOneField(
        Booking, models.CASCADE, null=True, blank=True, related_name="ticket"
    )
    state = models.CharField(
        max_length=10, choices=TicketState.choices, default=TicketState.WAITING
    )
    calls = models.PositiveSmallIntegerField(default=0)
    was_behind = models.BooleanField(default=False)
    called_at = models.DateTimeField(null=True, blank=True)
    # The matter that the talk became; of the anonymous it is not kept.
    matter = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "line", "day", "number"], name="ticket_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.line} {self.number}"
