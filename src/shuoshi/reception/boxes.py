"""Where bookings and handovers keep their keys."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.matters.models import Matter
from shuoshi.reception.models import Booking, CallDraft, Handover, Promise


declare(
    Boxes(
        Booking,
        key="key",
        owner="uid",
        owned="booking:{}",
        empties=("unit", "name", "contact", "words"),
    )
)
declare(
    Boxes(Handover, key="key", owner="uid", owned="handover:{}", empties=("words",))
)
declare(Boxes(CallDraft, key="key", owner="uid", owned="call:{}", empties=("words",)))
declare(
    Boxes(
        Promise,
        key="key",
        owner="uid",
        owned="promise:{}",
        empties=("words", "outcome"),
        goes_with=(Matter._meta.label, "matter"),
    )
)
