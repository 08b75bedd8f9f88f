import json
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.org.models import CalendarDay, CalendarYear


pytestmark = pytest.mark.django_db

PLAN = {
    "holidays": {"2027-01-01": "元旦", "2027-02-05": "春节"},
    "make_up": {"2027-02-14": "春节"},
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "2027.json"
    path.write_text(json.dumps(PLAN), encoding="utf-8")
    return path


def load(*arguments):
    out = StringIO()
    call_command("load_calendar", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments):
    err = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("load_calendar", *arguments, stderr=err)
    assert not CalendarYear.objects.exists()
    return exit_.value.code, err.getvalue()


def test_a_year_comes_from_a_file(file):
    answer = json.loads(load("2027", "--file", str(file), "--json"))

    assert answer == {
        "year": 2027,
        "holidays": 2,
        "make_up": 1,
        "first": "2027-01-01",
        "recalculated": 0,
    }
    assert CalendarYear.objects.get().source == "2027.json"
    assert CalendarDay.objects.count() == 3


def test_the_source_can_be_named(file):
    load("2027", "--file", str(file), "--source", "国办发明电〔2026〕示例")

    assert CalendarYear.objects.get().source == "国办发明电〔2026〕示例"


def test_a_file_may_carry_a_byte_order_mark(file):
    file.write_text(json.dumps(PLAN), encoding="utf-8-sig")

    load("2027", "--file", str(file))

    assert CalendarYear.objects.get().year == 2027


def test_a_year_comes_from_the_library():
    assert (
        load("2026", "--library")
        == "已载入 2026 年：休假 33 天，调休上班 6 天；重算期限 0 件。\n"
    )
    assert CalendarYear.objects.get().source == "chinesecalendar"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2027"], "之一"),
        (["2026", "--library", "--file", "x.json"], "之一"),
        (["二〇二七", "--library"], "不是年份"),
        (["2027", "--library"], "只有 2004 至 2026 年"),
        (["2027", "--file", "/nowhere/2027.json"], "读不到"),
        (["2027", "--file", "\0"], "读不到"),
    ],
)
def test_wrong_use(arguments, words):
    code, said = refused(*arguments)

    assert code == 2
    assert words in said


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00", "UTF-8"), (b" " * 1_000_001, "太大")],
)
def test_a_file_that_cannot_be_read_is_wrong_use(file, content, words):
    file.write_bytes(content)

    code, said = refused("2027", "--file", str(file))

    assert code == 2
    assert words in said


@pytest.mark.parametrize(
    ("year", "content", "words"),
    [
        ("2027", "{}", "holidays"),
        ("2028", json.dumps(PLAN), "元旦"),
        ("2027", "oops", "JSON"),
    ],
)
def test_what_is_not_the_plan_of_that_year_is_refused(file, year, content, words):
    file.write_text(content, encoding="utf-8")

    code, said = refused(year, "--file", str(file))

    assert code == 1
    assert words in said
