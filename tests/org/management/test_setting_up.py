"""A new house is set up from the console, without default passwords."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import User
from shuoshi.org.models import LimitTemplate, Mine, Unit
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role


pytestmark = pytest.mark.django_db


def run(*arguments):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def mine():
    run("found", "DONGSHAN", "--name", "东山煤矿")
    run(
        "found",
        "DS-1",
        "--name",
        "采煤一队",
        "--under",
        "DONGSHAN",
        "--kind",
        "DISTRICT",
    )
    return Mine.objects.get(code="DONGSHAN")


def test_a_mine_begins_with_limits_and_units(mine):
    assert LimitTemplate.objects.filter(mine=mine, key="ANSWER").exists()
    assert Unit.objects.get(code="DS-1").parent.code == "DONGSHAN"


def test_a_person_gets_a_post_and_a_link(mine):
    code, out, _err = run(
        "appoint",
        "wang",
        "--name",
        "王某",
        "--role",
        "UNIT_HEAD",
        "--unit",
        "DS-1",
        "--json",
    )

    told = json.loads(out)
    person = User.objects.get(username="wang")
    assert code == 0
    assert not person.has_usable_password()
    assert "/accounts/invitation/" in told["link"]
    assert standing_of(person).roles == {Role.UNIT_HEAD}


def test_the_same_post_is_held_once(mine):
    post = (
        "appoint",
        "wang",
        "--name",
        "王某",
        "--role",
        "CHIEF",
        "--unit",
        "DONGSHAN",
    )
    run(*post)

    code, _out, err = run(*post)

    assert (code, "已经任这个职务" in err) == (2, True)


def test_administrators_stay_apart(mine):
    run("appoint", "wang", "--name", "王某", "--role", "SYSADMIN", "--unit", "DONGSHAN")

    for role in ("AUDITOR", "COORDINATOR"):
        code, _out, err = run("appoint", "wang", "--role", role, "--unit", "DONGSHAN")
        assert (code, "分别担任" in err) == (2, True)
    assert standing_of(User.objects.get(username="wang")).roles == {Role.SYSADMIN}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("found", "DONGSHAN", "--name", "又一个"), "已经有"),
        (("found", "DS 2", "--name", "二队"), "代码只能用"),
        (("found", "DS-2", "--name", "二队", "--under", "NOWHERE"), "没有代码"),
        (("appoint", "li", "--role", "CHIEF", "--unit", "DONGSHAN"), "--name"),
        (
            ("appoint", "li", "--name", "李", "--role", "CHIEF", "--unit", "X"),
            "没有代码",
        ),
    ],
)
def test_wrong_use_is_said_plainly_and_changes_nothing(mine, arguments, said):
    before = (Unit.objects.count(), User.objects.count())

    code, _out, err = run(*arguments)

    assert (code, said in err) == (2, True)
    assert (Unit.objects.count(), User.objects.count()) == before


def test_an_empty_house_gives_a_link_once(db):
    code, out, _err = run("first_run", "--json")
    assert (code, "/office/set-up/" in json.loads(out)["link"]) == (0, True)

    enter_person("wang", name="王某", password=None)
    code, _out, err = run("first_run")

    assert (code, "已经有人" in err) == (1, True)
