"""The console says why somebody may or may not, to the security administrator alone."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.trail.models import Event
from tests.matters.house import TEXT, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    build_house("ELSEWHERE")
    return build_house()


def asked(person, matter, by="mine-secadmin", **options):
    told = StringIO()
    call_command("access", person, matter.number, asker=by, stdout=told, **options)
    return told.getvalue()


def as_json(person, matter):
    return json.loads(asked(person, matter, json=True))


def test_it_names_the_predicates_that_grant(house):
    matter = Story(house).handling().matter

    told = as_json("mine-handler", matter)

    assert told["relations"] == ["is_responsible", "works_on_it"]
    assert told["see"]["granted_by"] == ["is_responsible", "works_on_it"]
    assert told["steps"]["answer"] == {
        "granted": True,
        "granted_by": ["is_responsible"],
        "denied_by": [],
    }
    assert told["steps"]["supervise"]["denied_by"] == ["no_relation"]


@pytest.mark.parametrize(
    ("person", "grounds"),
    [
        ("mine-mate", ["no_relation"]),
        ("mine-secadmin", ["administrator"]),
        ("elsewhere-coordinator", ["other_mine"]),
    ],
)
def test_it_names_what_denies(house, person, grounds):
    told = as_json(person, Story(house).handling().matter)

    assert told["see"] == {"granted": False, "granted_by": [], "denied_by": grounds}
    assert not any(step["granted"] for step in told["steps"].values())


@pytest.mark.parametrize("person", ["mine-head", "mine-handler"])
def test_who_was_named_and_who_only_answers_to_them_read_the_same(house, person):
    story = Story(house).triaged(
        lead_unit=house.units["two"], objects=[house.people["head"]]
    )

    told = as_json(person, story.matter)

    assert (told["see"]["denied_by"], told["relations"]) == (["recusal"], [])


def test_the_seal_is_named(house):
    story = Story(house).take("hand_to_discipline", "receiver", reason="属检举")

    told = as_json("mine-chief", story.matter)

    assert told["see"]["granted_by"] == ["is_chief"]
    assert told["read"]["denied_by"] == ["seal"]
    committee = as_json("mine-discipline", story.matter)
    assert committee["read"]["granted_by"] == ["keeps_the_seal"]


def test_it_prints_nothing_of_what_was_said(house):
    matter = Story(house).matter

    text = asked("mine-receiver", matter)

    assert "received_it" in text
    assert matter.number in text
    assert not any(word in text for word in (TEXT, "食堂", "张三丰", "receiver某"))


def test_each_question_goes_on_record(house):
    matter = Story(house).matter
    asked("mine-mate", matter)

    event = Event.objects.get(verb="note.access.explained")

    assert event.by == f"person:{house.people['secadmin'].pk}"
    assert event.detail == {
        "person": house.people["mate"].pk,
        "number": matter.number,
        "on": str(matter.uid),
    }


@pytest.mark.parametrize(
    "who", ["coordinator", "chief", "sysadmin", "auditor", "discipline"]
)
def test_nobody_else_may_ask(house, who, capsys):
    matter = Story(house).matter

    with pytest.raises(SystemExit) as end:
        asked("mine-mate", matter, by=f"mine-{who}")

    assert end.value.code == 1
    assert not Event.objects.filter(verb="note.access.explained").exists()


def test_a_security_administrator_asks_about_the_own_mine(house):
    matter = Story(house).matter

    with pytest.raises(SystemExit) as end:
        asked("mine-mate", matter, by="elsewhere-secadmin")

    assert end.value.code == 1


@pytest.mark.parametrize(
    ("person", "number", "asker", "code"),
    [
        ("nobody", None, "mine-secadmin", 1),
        ("mine-mate", "2026-9999", "mine-secadmin", 1),
        ("mine-mate", None, "nobody", 2),
    ],
)
def test_what_does_not_exist_is_said(house, person, number, asker, code):
    matter = Story(house).matter

    with pytest.raises(SystemExit) as end:
        call_command(
            "access", person, number or matter.number, asker=asker, stdout=StringIO()
        )

    assert end.value.code == code
