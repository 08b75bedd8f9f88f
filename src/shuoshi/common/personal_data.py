"""Find what would give a person away in a text that everybody is to read. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _


# GB 11643-1999: weights of the first seventeen digits, and the sign for each remainder.
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SIGNS: Final = "10X98765432"
MODULUS: Final = 11
_ID_CARD: Final = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_PHONE: Final = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_CARD: Final = re.compile(r"(?<![0-9])[3-6][0-9]{14,18}(?![0-9])")
# What people put between digits.
_BETWEEN: Final = re.compile(r"(?<=[0-9])[ \-\u00a0\u3000](?=[0-9Xx])")
NINE: Final = 9


@dataclass(frozen=True)
class Found:
    """What was found, with all but its ends hidden; ``grave`` must not be published."""

    what: str
    shown: str
    grave: bool = True


def found_in(text: str, *, names: list[str]) -> list[Found]:
    """
    Return numbers of identity cards, telephones and bank cards, and names of staff.

    Numbers are checked by their check digit, so that a serial number is none. Of the names
    are given which stand in the text; somebody may be named on purpose, so these warn.
    """
    plain = _BETWEEN.sub("", text.translate(_HALF_WIDTH))
    found = list(dict.fromkeys(_numbers(plain)))
    return found + [Found(_("员工姓名"), name, grave=False) for name in names]


def _numbers(plain: str) -> Iterator[Found]:
    cards = {one for one in _ID_CARD.findall(plain) if is_id_card(one)}
    for one in cards:
        yield Found(_("身份证号"), _ends(one))
    for one in _PHONE.findall(plain):
        yield Found(_("手机号"), _ends(one))
    for one in _CARD.findall(plain):
        if one not in cards and is_bank_card(one):
            yield Found(_("银行卡号"), _ends(one))


def is_id_card(number: str) -> bool:
    """Tell whether the last sign checks the seventeen before (GB 11643-1999)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)
    )
    return SIGNS[total % MODULUS] == number[-1].upper()


def is_bank_card(number: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - NINE if doubled > NINE else doubled
    return total % 10 == 0


def _ends(number: str) -> str:
    return f"{number[:3]}…{number[-2:]}"


_HALF_WIDTH: Final = {0xFF10 + n: str(n) for n in range(10)} | {
    0xFF38: "X",
    0xFF58: "x",
}
