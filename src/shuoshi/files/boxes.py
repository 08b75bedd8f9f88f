"""Where files keep their keys."""

from datetime import datetime
from uuid import UUID

from shuoshi.files.actions.keeping import take_away
from shuoshi.files.models import Attachment
from shuoshi.keys.rules.boxes import Boxes, declare


def _besides(row: UUID, by: str, now: datetime) -> None:
    take_away(row, by=by, now=now)


declare(
    Boxes(Attachment, key="box", owner="id", empties=("name_sealed",), besides=_besides)
)
