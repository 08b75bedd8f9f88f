"""Put on record that somebody read a protected field."""

from datetime import datetime
from uuid import UUID

from shuoshi.trail.models import Reading


def note_reading(
    *, mine_id: int, about: UUID, field: str, by: str, at: datetime, why: str = ""
) -> Reading:
    """Record the reading of a protected field, before it is shown."""
    return Reading.objects.create(
        mine_id=mine_id, about=about, field=field, by=by, at=at, why=why
    )
