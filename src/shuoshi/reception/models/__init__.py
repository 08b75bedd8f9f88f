from shuoshi.reception.models.booking import Booking
from shuoshi.reception.models.call_draft import CallDraft
from shuoshi.reception.models.handover import Handover
from shuoshi.reception.models.hours import ReceptionHours
from shuoshi.reception.models.open_day import OpenDay
from shuoshi.reception.models.open_day_rule import OpenDayRule
from shuoshi.reception.models.promise import Promise
from shuoshi.reception.models.ticket import Ticket


__all__ = [
    "Booking",
    "CallDraft",
    "Handover",
    "OpenDay",
    "OpenDayRule",
    "Promise",
    "ReceptionHours",
    "Ticket",
]
