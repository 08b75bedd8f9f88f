"""``shuoshi roster``: the roster of a month, from the console."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Leave, Origin, Turn
from shuoshi.trail.models import Event
from tests.duty.house import build_rota
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
# So far ahead that it does not pass while the tests are still read.
MONTH = "2096-03"


@pytest.fixture
def house():
    return build_rota()


def roster(capsys, *words):
    call_command("roster", "--json", *words)
    return json.loads(capsys.readouterr().out)


def test_a_month_is_entered_and_told(house, capsys):
    told = roster(capsys, "--month", MONTH)

    assert set(told) == {"turns", "spread", "warnings"}
    assert told["turns"][0] == {"date": "2096-03-01"} | told["turns"][0]
    assert told["turns"][0]["unit"] == "第1部"
    assert told["spread"] == {"person": 1, "unit": 1}
    assert told["warnings"] == []
    kept = Turn.objects.order_by("day")
    assert [turn.day.isoformat() for turn in kept] == [
        one["date"] for one in told["turns"]
    ]
    assert Event.objects.filter(verb="note.duty.roster_made").count() == 1


def test_a_dry_run_changes_nothing(house, capsys):
    told = roster(capsys, "--month", MONTH, "--dry-run")

    assert told["turns"]
    assert not Turn.objects.exists()
    assert told == roster(capsys, "--month", MONTH, "--dry-run", "--seed", "0")


def test_made_anew_it_keeps_what_was_entered_by_hand(house, capsys):
    roster(capsys, "--month", MONTH)
    put_on_duty(house.people["d5c"], unit=house.units["d5"], day=date(2096, 3, 6))
    Turn.objects.filter(day=date(2096, 3, 6), origin=Origin.ROSTER).delete()

    told = roster(capsys, "--month", MONTH, "--seed", "3")

    third = [one for one in told["turns"] if one["date"] == "2096-03-06"]
    assert [one["person"] for one in third] == ["d5c某"]
    assert Turn.objects.filter(day=date(2096, 3, 6)).count() == 1
    assert Turn.objects.count() == len(told["turns"])


def test_who_is_away_all_month_is_named_as_the_reason(house, capsys):
    Leave.objects.create(
        mine=house.mine,
        person=house.people["d1a"],
        since=date(2096, 3, 1),
        until=date(2096, 3, 31),
    )

    told = roster(capsys, "--month", MONTH)

    assert "d1a某" not in {one["person"] for one in told["turns"]}
    assert told["spread"] == {"person": 2, "unit": 1}
    (why,) = told["warnings"]
    assert "个人最多相差 2 次，部门最多相差 1 次" in why
    assert "因为有人请假：d1a某" in why


def test_a_quarter_is_as_even_as_a_month(house, capsys):
    told = roster(capsys, "--month", "2096-04", "--months", "3")

    assert told["spread"]["person"] <= 1
    assert told["spread"]["unit"] <= 1
    assert {one["date"][:7] for one in told["turns"]} == {
        "2096-04",
        "2096-05",
        "2096-06",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--month", "2096-13"], "月份写成"),
        (["--month", MONTH, "--seed", "x"], "--seed 应是"),
        (["--month", MONTH, "--months", "9"], "--months 应是"),
        (["--month", MONTH, "--mine", "NOWHERE"], "没有这个矿"),
    ],
)
def test_wrong_use_is_said_in_plain_words(house, capsys, words, said):
    with pytest.raises(SystemExit) as ended:
        call_command("roster", "--json", *words)

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_without_anybody_it_is_refused(capsys):
    build_house()
    Turn.objects.all().delete()

    with pytest.raises(SystemExit) as ended:
        call_command("roster", "--json", "--month", MONTH)

    assert ended.value.code == 1
    assert "没有轮流值班的部门" in capsys.readouterr().err
