"""The rule of the open days: seen as days before it is kept."""

import pytest
from django.test import Client

from shuoshi.reception.actions.open_day_rules import set_open_day_rule
from shuoshi.reception.models import OpenDayRule
from shuoshi.reception.rules.open_day_rules import Ruled, RuleRefused
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
PAGE = "/desk/open-days/rule/"
GIVEN = {
    "week": "2",
    "weekday": "TU",
    "recurrence": "",
    "fallback": "NEXT",
    "announce_days": "10",
    "starts_at": "14:00",
    "ends_at": "16:30",
    "slot_minutes": "20",
}


def sent(desk, **more):
    """Send the form as the page has it, after another rule was chosen."""
    seen = desk.get(PAGE).context["form"].initial["instead_of"]
    return desk.post(PAGE, GIVEN | {"instead_of": seen} | more)


@pytest.fixture
def desk(db):
    client = Client()
    client.force_login(build_house().people["coordinator"])
    return client


def test_the_usual_rule_stands_there_first(desk):
    page = desk.get(PAGE)

    assert page.context["form"].initial["weekday"] == "TH"
    assert len(page.context["dates"]) == 12
    assert not OpenDayRule.objects.exists()


def test_it_is_looked_at_before_it_is_kept(desk):
    page = desk.post(PAGE, GIVEN | {"look": "1"})

    assert "照这样改" in page.text
    assert {one.moved_from or one.day for one in page.context["dates"]}
    assert all(
        (one.moved_from or one.day).weekday() == 1 for one in page.context["dates"]
    )
    assert not OpenDayRule.objects.exists()

    assert sent(desk, save="1").url == PAGE
    kept = OpenDayRule.objects.get()
    assert (kept.recurrence, kept.fallback) == ("FREQ=MONTHLY;BYDAY=2TU", "NEXT")
    assert (kept.announce_days, kept.slot_minutes) == (10, 20)
    assert desk.get(PAGE).context["form"].initial["week"] == "2"


def test_another_rule_goes_before_the_choice(desk):
    own = {"recurrence": "freq=monthly;bymonthday=15", "save": "1"}
    sent(desk, **own)

    assert OpenDayRule.objects.get().recurrence == "FREQ=MONTHLY;BYMONTHDAY=15"
    assert "BYMONTHDAY=15" in desk.get(PAGE).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"recurrence": "FREQ=SECONDLY"}, "recurrence"),
        ({"recurrence": "每月"}, "recurrence"),
        ({"week": "9"}, "week"),
        ({"fallback": "NEVER"}, "fallback"),
        ({"announce_days": "-1"}, "announce_days"),
        ({"announce_days": "61"}, "announce_days"),
        ({"starts_at": "16:00", "ends_at": "09:00"}, "ends_at"),
        ({"ends_at": "14:10"}, "ends_at"),
        ({"slot_minutes": "x"}, "slot_minutes"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field(desk, wrong, field):
    page = sent(desk, **wrong, save="1")

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not OpenDayRule.objects.exists()


def test_the_action_itself_refuses_what_receives_nobody(db):
    house = build_house()
    ruled = Ruled("FREQ=MONTHLY", "NEXT", 7, NOW.time(), NOW.time(), 15)

    with pytest.raises(RuleRefused):
        set_open_day_rule(
            ruled, instead_of="", by=house.standing("coordinator"), now=NOW
        )


def test_nobody_overwrites_what_they_did_not_see(desk):
    seen = desk.get(PAGE).context["form"].initial["instead_of"]
    sent(desk, save="1")

    late = GIVEN | {"week": "3", "instead_of": seen, "save": "1"}
    page = desk.post(PAGE, late)

    assert (page.status_code, "刚才有人改过" in page.text) == (422, True)
    assert page.context["form"]["week"].value() == "3"
    assert OpenDayRule.objects.get().recurrence.endswith("BYDAY=2TU")
    again = page.context["form"]["instead_of"].value()
    assert desk.post(PAGE, late | {"instead_of": again}).url == PAGE
    assert OpenDayRule.objects.get().recurrence.endswith("BYDAY=3TU")
