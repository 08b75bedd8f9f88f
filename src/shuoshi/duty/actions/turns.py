"""Put people on duty."""

from datetime import date

from shuoshi.accounts.models import User
from shuoshi.duty.models import Origin, Turn
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import Unit


def put_on_duty(
    person: User, *, unit: Unit, day: date, origin: Origin = Origin.HAND
) -> Turn:
    """Enter a person's turn for a day; entering it twice changes nothing."""
    turn, entered = Turn.objects.get_or_create(
        mine_id=unit.mine_id,
        day=day,
        person=person,
        defaults={"unit": unit, "origin": origin},
    )
    if entered:
        bump()
    return turn
