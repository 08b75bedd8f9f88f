import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from shuoshi.org.actions.calendar import load_year, seed_calendar, set_day
from shuoshi.org.actions.structure import found_mine
from shuoshi.org.models import DayKind
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.rules.plans import YearPlan
from shuoshi.org.rules.standing import CLOCK


NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def forgotten():
    """Forget what other tests left under the same generation."""
    work_calendar.cache_clear()
    yield
    work_calendar.cache_clear()


@pytest.fixture
def due(db):
    def run(*arguments):
        out = StringIO()
        call_command("due", *arguments, "--json", stdout=out)
        return json.loads(out.getvalue())

    return run


def refused(*arguments):
    err = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("due", *arguments, stderr=err)
    assert exit_.value.code == 2
    return err.getvalue()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["2025-09-26", "--working", "6"], "2025-10-11"),
        (["2025-09-01", "--calendar", "30"], "2025-10-09"),
        (["2025-09-26T09:30", "--working", "6"], "2025-10-11T23:59:59+08:00"),
        (["2025-09-26 09:30:15", "--working", "6"], "2025-10-11T23:59:59+08:00"),
        (["2025-09-25T16:00:00+00:00", "--working", "6"], "2025-10-11T23:59:59+08:00"),
        (["2025-09-28T12:00:00-04:00", "--working", "6"], "2025-10-14T23:59:59+08:00"),
    ],
)
def test_due(due, arguments, expected):
    answer = due(*arguments)

    assert set(answer) == {"due", "provisional", "trace"}
    assert (answer["due"], answer["provisional"]) == (expected, False)


def test_the_trace_begins_with_the_calendar_used(due):
    from_library = due("2025-10-10", "--working", "1")["trace"]
    seed_calendar(now=NOW)
    from_table = due("2025-10-10", "--working", "1")["trace"]

    assert [step["name"] for step in (from_library[0], from_table[0])] == [
        "chinesecalendar",
        "工作日历表",
    ]
    assert from_library[1:] == from_table[1:]
    assert [(step["day"], step["kind"], step["counted"]) for step in from_table] == [
        ("2025-10-10", "calendar", None),
        ("2025-10-10", "start", 0),
        ("2025-10-11", "make_up", 1),
    ]


def test_2027_is_provisional_until_its_plan_is_loaded(due):
    seed_calendar(now=NOW)
    before = due("2027-02-01", "--working", "5")
    holidays = {date(2027, 1, 1): "元旦"}
    holidays |= {date(2027, 2, day): "春节" for day in range(5, 13)}

    load_year(YearPlan(2027, holidays, {}), source="示例", by=CLOCK, now=NOW)
    after = due("2027-02-01", "--working", "5")

    assert (before["due"], before["provisional"]) == ("2027-02-08", True)
    assert (after["due"], after["provisional"]) == ("2027-02-16", False)
    assert "春节" in {step["name"] for step in after["trace"]}


def test_a_unit_brings_the_calendar_of_its_mine(due):
    mine = found_mine("MINE", name="甲矿")
    set_day(
        date(2026, 11, 23),
        kind=DayKind.CLOSURE,
        mine=mine,
        name="停产检修",
        by=CLOCK,
        now=NOW,
    )

    own = due("2026-11-20", "--working", "1", "--unit", "MINE")

    assert due("2026-11-20", "--working", "1")["due"] == "2026-11-23"
    assert own["due"] == "2026-11-24"
    assert own["trace"][4] == {
        "day": "2026-11-23",
        "kind": "closure",
        "name": "停产检修",
        "counted": None,
    }


@pytest.mark.django_db
def test_people_read_text():
    out = StringIO()
    call_command("due", "2026-12-30", "--calendar", "3", stdout=out)

    assert out.getvalue().splitlines() == [
        "到期：2027-01-04",
        "暂定：所涉年份的放假安排尚未载入，公布后可能改变。",
        "依据：chinesecalendar",
        "2026-12-30       0  当日不计",
        "2027-01-02       3  周末",
        "2027-01-03          周末",
        "2027-01-04          顺延至此",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "起算"),
        (["2026-01-01"], "之一"),
        (["2026-01-01", "--working", "1", "--calendar", "1"], "之一"),
        (["2026-01-01", "--working", "0"], "1 至 100000"),
        (["2026-01-01", "--working", "-1"], "1 至 100000"),
        (["2026-01-01", "--calendar", "100001"], "1 至 100000"),
        (["2026-01-01", "--calendar", "9" * 5000], "不是天数"),
        (["2026-01-01", "--working", "三"], "不是天数"),
        (["2026-01-01", "--working", "1.5"], "不是天数"),
        (["2026-01-01", "--working", ""], "不是天数"),
        (["", "--working", "1"], "不是日期或时刻"),
        (["明天", "--working", "1"], "不是日期或时刻"),
        (["2026-02-30", "--working", "1"], "不是日期或时刻"),
        (["2026-02-28T25:00", "--working", "1"], "不是日期或时刻"),
        (["10000-01-01", "--working", "1"], "不是日期或时刻"),
        (["9999-12-30", "--working", "5"], "超出"),
        (["9999-12-30", "--calendar", "5"], "超出"),
        (["9999-12-31T23:00:00-12:00", "--calendar", "1"], "超出"),
        (["0001-01-01T00:00:00+14:00", "--calendar", "1"], "超出"),
    ],
)
@pytest.mark.django_db
def test_wrong_use_is_said_in_plain_words(arguments, words):
    assert words in refused(*arguments)


@pytest.mark.parametrize("code", ["NONE", "", "\0", "\udcff", "长" * 9000])
@pytest.mark.django_db
def test_a_unit_that_is_not_there_is_wrong_use(code):
    assert "没有代码" in refused("2026-01-01", "--working", "1", "--unit", code)


def run(data, *arguments):
    environ = {
        **os.environ,
        "SHUOSHI_DEBUG": "1",
        "SHUOSHI_DATA": str(data),
        "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "due", *arguments],
        capture_output=True,
        text=True,
        env=environ,
        check=False,
    )


def test_without_a_database_the_library_answers(tmp_path):
    done = run(tmp_path, "2025-09-26", "--working", "6", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["due"] == "2025-10-11"
    assert list(tmp_path.iterdir()) == []


def test_with_an_empty_database_the_library_answers(tmp_path):
    (tmp_path / "shuoshi.sqlite3").touch()

    done = run(tmp_path, "2025-09-26", "--working", "6", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["trace"][0]["name"] == "chinesecalendar"


def test_wrong_use_from_the_shell_is_exit_2(tmp_path):
    done = run(tmp_path, "2025-09-26", "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("请用 --working 或 --calendar 之一给出天数。\n")
    assert "Traceback" not in done.stderr
