from uuid import UUID

import pytest

from shuoshi.trail.actions import note_reading
from shuoshi.trail.queries import readings_about
from tests.trail.factories import NOW


pytestmark = pytest.mark.django_db


def test_readings_are_listed_the_latest_first():
    for field, by in [("name", "person:1"), ("contact", "person:2")]:
        note_reading(
            mine_id=1, about=UUID(int=1), field=field, by=by, at=NOW, why="CALL_BACK"
        )
    note_reading(mine_id=1, about=UUID(int=2), field="name", by="person:3", at=NOW)

    readings = readings_about(UUID(int=1))

    assert [(r.field, r.by, r.at, r.why) for r in readings] == [
        ("contact", "person:2", NOW, "CALL_BACK"),
        ("name", "person:1", NOW, "CALL_BACK"),
    ]
