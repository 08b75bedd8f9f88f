"""Where bookings keep their keys."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.reception.models import Booking


declare(
    Boxes(
        Booking,
        key="key",
        owner="uid",
        owned="booking:{}",
        empties=("unit", "name", "contact", "words"),
    )
)
