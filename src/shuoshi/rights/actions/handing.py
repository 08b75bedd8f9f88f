"""Put on record that something of a matter goes outside, before it does."""

from datetime import datetime

from shuoshi.matters.models import Matter
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.actions.registers import Handed, enter_handing
from shuoshi.privacy.models import Handing


def hand_outside(
    matter: Matter, handed: Handed, *, by: Standing, now: datetime
) -> Handing:
    """
    Enter that something of this matter is handed outside.

    :raises NotPermitted: if this person may not read it, or hands nothing outside.
    :raises Refused: if it rests on a consent that does not stand.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    """
    gate.require(by, Permission.READ, matter)
    return enter_handing(handed, by=by, now=now, about=matter.uid, number=matter.number)
