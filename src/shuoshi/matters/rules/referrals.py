"""
Accusations of cadres whom a higher level manages: they go up, and leave nothing here.

The working rules of discipline organs on accusations let nobody copy, excerpt or enter
such a letter: within five working days it is passed up, unread, and a receipt is all that
stays. So nothing that is said on this road is kept at all.
"""

from datetime import date
from typing import TYPE_CHECKING, Final

from shuoshi.common.workdays import WorkCalendar
from shuoshi.matters.rules.access import may_register
from shuoshi.matters.rules.committee import holds_the_seal
from shuoshi.matters.rules.states import Channel, State
from shuoshi.org.rules.standing import Standing


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter

SERIES: Final = "referrals"
# Working days from the day the letter came.
PASSED_UP_WITHIN: Final = 5
MOST_NAME, MOST_ADDRESS, MOST_TELEPHONE = 100, 200, 60
# Here somebody stands with a letter in the hand; on the other roads it is on its way.
WITH_A_LETTER: Final = (Channel.WALK_IN, Channel.LETTER)


def due_on(calendar: WorkCalendar, came_on: date) -> date:
    """Return the day by which a letter that came on this one has been passed up."""
    return calendar.add_working(came_on, PASSED_UP_WITHIN).day


def may_take_letters(person: Standing) -> bool:
    """Tell whether somebody may take such a letter in: who may register may."""
    return may_register(person)


def may_pass_up(person: Standing) -> bool:
    """Tell whether somebody passes letters up and sees which are here: the committee."""
    return holds_the_seal(person)


def may_go_up(matter: "Matter") -> bool:
    """Tell whether a matter is an accusation before the committee whose words are here."""
    return matter.sealed and matter.state == State.HANDED_OVER and bool(matter.key)
