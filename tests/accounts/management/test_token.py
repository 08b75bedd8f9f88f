import json

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.queries.people import person_with_token


pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return enter_person("wang", name="王某", password=None)


def test_a_token_stands_for_the_person(person, capsys):
    call_command("token", "wang", "--json")

    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"token", "expires"}
    assert said["expires"].endswith("+08:00")
    assert person_with_token(said["token"], now=now()) == person


def test_people_read_it_as_text(person, capsys):
    call_command("token", "wang", "--purpose", "台账对接")

    assert "只显示这一次" in capsys.readouterr().out
    assert person.tokens.get().purpose == "台账对接"


@pytest.mark.parametrize("name", ["nobody", "", "\x00", "wang\udcff"])
def test_nobody_gets_none(person, capsys, name):
    with pytest.raises(SystemExit) as left:
        call_command("token", name)

    assert left.value.code == 1
    assert "没有登录名为" in capsys.readouterr().err
    assert not person.tokens.exists()
