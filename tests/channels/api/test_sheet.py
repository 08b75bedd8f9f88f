from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.channels.spoken import Program
from tests.matters.house import Story


pytestmark = pytest.mark.django_db


def test_what_other_units_owe_and_leaders_want_is_there(client, house):
    story = Story(house).handling()
    due = localdate(story.now) + timedelta(days=1)
    story.take("ask_part", "head", unit=house.units["two"], task="查", finish_on=due)
    story.take("supervise", "leader", demand="快办", finish_on=due)

    told = (
        Program(client, house.people["other_head"])
        .get(f"matters/{story.matter.number}")
        .json()
    )

    part, order = told["parts"][0], told["orders"][0]
    assert (part["unit"], part["kind"], part["done_at"]) == ("MINE-two", "JOINT", None)
    assert (order["kind"], order["finish_on"]) == ("SUPERVISION", due.isoformat())
    delivered = Program(client, house.people["other_head"]).post(
        f"matters/{told['number']}/actions/deliver_part",
        {"part": part["part"], "result": "查过了"},
    )
    assert delivered.status_code == 200
