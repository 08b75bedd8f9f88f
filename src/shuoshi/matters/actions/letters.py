"""Issue official letters."""

from datetime import datetime

from django.utils.timezone import localdate

from shuoshi.matters.actions.numbers import next_number
from shuoshi.matters.models import Letter, LetterKind, Matter
from shuoshi.matters.rules.numbers import LETTERS


def issue_letter(matter: Matter, kind: LetterKind, *, now: datetime) -> Letter:
    """Issue a letter under the next number of its kind and year."""
    year = localdate(now).year
    return Letter.objects.create(
        matter=matter,
        mine_id=matter.mine_id,
        kind=kind,
        year=year,
        serial=next_number(matter.mine_id, f"{LETTERS}:{kind}", year),
        issued_at=now,
    )
