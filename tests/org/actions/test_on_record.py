"""Whatever changes who may do what, and by when, is a note on the record."""

from datetime import date

import pytest
from django.core.management import call_command

from shuoshi.accounts.actions.people import give_token
from shuoshi.org.actions.calendar import clear_day, load_year, set_day, unload_year
from shuoshi.org.actions.posts import enter, grant_post, let_go, withdraw_post
from shuoshi.org.actions.structure import change_limit
from shuoshi.org.actions.units import add_unit
from shuoshi.org.models import DayKind, LimitTemplate, Mine, Post, UnitKind
from shuoshi.org.rules.plans import YearPlan
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 3)
PLAN = YearPlan(2027, holidays={date(2027, 1, 1): "元旦"}, make_up={})


@pytest.fixture
def house():
    return build_house()


def noted(action):
    """Return the notes that an action leaves: by whom, and what."""
    before = set(Event.objects.values_list("pk", flat=True))
    action()
    fresh = Event.objects.exclude(pk__in=before).order_by("pk")
    return [(event.by, event.verb.removeprefix("note.")) for event in fresh]


def by(house, who):
    return f"person:{house.people[who].pk}"


def test_the_calendar(house):
    keeper, who = house.standing("sysadmin"), by(house, "sysadmin")

    def keep():
        load_year(PLAN, source="国办", by=keeper, now=NOW)
        set_day(DAY, kind=DayKind.HOLIDAY, by=keeper, now=NOW)
        clear_day(DAY, by=keeper, now=NOW)
        unload_year(2027, by=keeper, now=NOW)

    steps = ("loaded", "day_set", "day_cleared", "unloaded")
    assert noted(keep) == [(who, f"org.calendar_{step}") for step in steps]


def test_a_limit(house):
    limit = LimitTemplate.objects.filter(mine=house.mine, is_active=True)[0]
    keeper = house.standing("sysadmin")

    told = noted(
        lambda: change_limit(
            limit, amount=4, unit="WORKING", basis="新", by=keeper, now=NOW
        )
    )

    assert told == [(by(house, "sysadmin"), "org.limit_changed")]
    assert Event.objects.latest("pk").detail["amount"] == 4


def test_people_units_and_posts(house):
    sysadmin, secadmin = house.standing("sysadmin"), house.standing("secadmin")
    root = house.units["root"]

    def work():
        add_unit(
            "N9", name="新", under=root, kind=UnitKind.DISTRICT, by=sysadmin, now=NOW
        )
        person, _invited = enter("wang", name="王", by=sysadmin, now=NOW)
        given = [
            grant_post(person, role=Role.UNIT_HEAD, unit=unit, by=secadmin, now=NOW)
            for unit in (house.units["two"], house.units["one"])
        ]
        withdraw_post(given[0], by=secadmin, now=NOW)
        let_go(person, by=sysadmin, now=NOW)

    one, two = by(house, "sysadmin"), by(house, "secadmin")
    told = noted(work)
    for step in [
        (one, "org.unit_founded"),
        (one, "org.person_entered"),
        (two, "org.post_granted"),
        (two, "org.post_withdrawn"),
        (one, "org.post_withdrawn"),
        (one, "accounts.deactivated"),
    ]:
        assert step in told
    assert not Post.objects.filter(person__username="wang", ended_on=None).exists()


def test_the_console():
    def found():
        call_command("found", "MINE", "--name", "矿")
        call_command("found", "ONE", "--name", "队", "--under", "MINE")
        appoint = ("appoint", "wang", "--name", "王", "--role", "CHIEF", "--unit")
        call_command(*appoint, "MINE")

    told = noted(found)

    verbs = [
        "org.mine_founded",
        "org.unit_founded",
        "org.person_entered",
        "org.post_granted",
    ]
    assert told == [("console", verb) for verb in verbs]
    mine = Mine.objects.get()
    assert set(Event.objects.values_list("mine_id", flat=True)) == {mine.pk}


def test_the_link_that_sets_an_empty_house_up(db, capsys):
    told = noted(lambda: call_command("first_run"))

    assert told == [("console", "org.set_up_invited")]
    assert "/office/set-up/" in capsys.readouterr().out


def test_a_token_that_one_gives_oneself(house):
    told = noted(lambda: give_token(house.people["head"], purpose="api", now=NOW))

    assert told == [(by(house, "head"), "accounts.token_given")]


def test_a_refusal_leaves_no_note(db, capsys):
    call_command("found", "MINE", "--name", "矿")

    def again():
        with pytest.raises(SystemExit):
            call_command("found", "MINE", "--name", "矿")

    assert noted(again) == []
