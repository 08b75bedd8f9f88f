"""``shuoshi open-days``: when leaders receive, from the console."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from shuoshi.org.models import CalendarDay, DayKind
from shuoshi.reception.models import OpenDayRule
from shuoshi.reception.rules.open_days import Fallback
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db


def listed(capsys, year, *words):
    call_command("open_days", "--json", "--year", str(year), *words)
    return json.loads(capsys.readouterr().out)


def test_a_year_is_listed_as_agreed(capsys):
    assert listed(capsys, 2020)[0] == {
        "month": "2020-01",
        "date": "2020-01-23",
        "moved_from": "2020-01-30",
    }
    assert listed(capsys, 2026)[0]["moved_from"] is None


def test_the_mines_own_rule_and_closures_hold(capsys):
    house = build_house()
    OpenDayRule.objects.create(
        mine=house.mine, recurrence="FREQ=MONTHLY;BYDAY=1WE", fallback=Fallback.NEXT
    )
    day = date(2026, 7, 1)
    CalendarDay.objects.create(mine=house.mine, day=day, kind=DayKind.CLOSURE)

    assert listed(capsys, 2026, "--mine", "MINE")[6] == {
        "month": "2026-07",
        "date": "2026-07-02",
        "moved_from": "2026-07-01",
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--year", "x"], 2, "年份写成"),
        (["--year", "2026", "--mine", "NOWHERE"], 2, "没有这个矿"),
        (["--year", "1990"], 1, "年份应在"),
    ],
)
def test_wrong_use_is_said_in_plain_words(capsys, words, code, said):
    build_house()

    with pytest.raises(SystemExit) as ended:
        call_command("open_days", "--json", *words)

    assert ended.value.code == code
    assert said in capsys.readouterr().err
