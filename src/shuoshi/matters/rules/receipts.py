"""
The receipt: sixteen digits that are the only way back to an anonymous matter.

The last digit checks the others (ISO/IEC 7812-1), so that a slip of the tongue or of the
finger is told from a receipt that does not exist. Pure.
"""

DIGITS = 16


def with_check_digit(fifteen: str) -> str:
    """Return the fifteen digits with the one that checks them."""
    return fifteen + str(-_sum(fifteen + "0") % 10)


def is_well_formed(receipt: str) -> bool:
    return (
        len(receipt) == DIGITS
        and receipt.isascii()
        and receipt.isdigit()
        and _sum(receipt) % 10 == 0
    )


def cleaned(typed: str) -> str:
    """Return the digits of what a person typed, full-width ones, gaps and all."""
    return "".join(str(int(char)) for char in typed if char.isdecimal())


def grouped(receipt: str) -> str:
    """Return the receipt in groups of four, as it is read aloud and printed."""
    return " ".join(receipt[start : start + 4] for start in range(0, DIGITS, 4))


def _sum(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total
