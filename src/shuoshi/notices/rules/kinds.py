"""What a message is about, as far as anybody outside may know. Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Group(TextChoices):
    """What people choose by: nobody wants to choose for each of fifty kinds."""

    MATTER = "MATTER", _("经手的事有新情况")
    DEADLINE = "DEADLINE", _("时限到期、超期")
    DUTY = "DUTY", _("值班和接待")


@dataclass(frozen=True)
class Kind:
    """A message that is about no matter: its words, and the page it leads to."""

    group: Group
    words: "_StrPromise"
    url_name: str


KINDS: Final = {
    "swap_asked": Kind(Group.DUTY, _("有人想和您换班"), "duty:roster"),
    "swap_agreed": Kind(Group.DUTY, _("对方同意换班"), "duty:roster"),
    "swap_declined": Kind(Group.DUTY, _("对方不同意换班"), "duty:roster"),
    "duty_changed": Kind(Group.DUTY, _("您的值班有变动"), "duty:roster"),
    "duty_gaps": Kind(Group.DUTY, _("一周内的值班有缺口"), "duty:roster"),
    "open_day_announced": Kind(
        Group.DUTY, _("民主接待日已经公告"), "reception:public_open_days"
    ),
}
# These go to who booked a time, and lead to their booking.
BOOKING: Final = "booking_"
# Every other kind is the name of a step on a matter.
LATE: Final = {"climb", "stuck"}


def group_of(kind: str) -> Group:
    if kind in KINDS:
        return KINDS[kind].group
    return Group.DEADLINE if kind in LATE else Group.MATTER
