import json
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.matters.models import Matter
from tests.matters.house import build_house
from tests.matters.ledgers import HEADS, good_row, write_book


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


def run(name, *arguments):
    said, complained = StringIO(), StringIO()
    code = 0
    try:
        call_command(name, *map(str, arguments), stdout=said, stderr=complained)
    except SystemExit as end:
        code = end.code
    return code, said.getvalue(), complained.getvalue()


def test_a_good_ledger_comes_in(house, tmp_path):
    path = write_book(tmp_path / "a.xlsx", ["某矿台账"], list(HEADS), good_row())
    code, said, _complained = run("import_ledger", path, "--unit", "MINE", "--json")

    assert (code, json.loads(said)) == (
        0,
        {"rows": 1, "imported": 1, "skipped": 0, "rejected": []},
    )
    assert Matter.objects.count() == 1


def test_rejected_rows_are_named_and_the_code_is_one(house, tmp_path):
    path = write_book(
        tmp_path / "a.xlsx",
        list(HEADS),
        good_row(),
        good_row(编号="2", 来访日期="3月5日"),
    )
    code, said, _complained = run("import_ledger", path, "--unit", "MINE", "--json")

    assert code == 1
    assert json.loads(said)["rejected"] == [
        {"row": 3, "column": "来访日期", "reason": "“3月5日”没有年份"}
    ]


def test_a_rehearsal_writes_nothing(house, tmp_path):
    path = write_book(tmp_path / "a.xlsx", list(HEADS), good_row())
    code, said, _complained = run(
        "import_ledger", path, "--unit", "MINE", "--dry-run", "--json"
    )

    assert (code, json.loads(said)["imported"]) == (0, 1)
    assert not Matter.objects.exists()


def test_people_read_it_in_words(house, tmp_path):
    path = write_book(
        tmp_path / "a.xlsx",
        [*HEADS, "备注"],
        [*good_row(答复日期=""), "急"],
        good_row(编号="2", 满意度="还行"),
    )
    _code, said, _complained = run("import_ledger", path, "--unit", "MINE")

    assert "共 2 行：已导入 1，已有而跳过 0，退回 1" in said
    assert "第 3 行 满意度：" in said
    assert "第 2 行（已收）：已办结，但没有写答复日期" in said
    assert "没有用到的列：备注" in said


def test_a_file_that_is_none_is_refused(house, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("编号,来访日期\n")
    code, said, _complained = run("import_ledger", path, "--unit", "MINE", "--json")

    assert code == 1
    answer = json.loads(said)
    assert (answer["rows"], answer["rejected"]) == (0, [])
    assert "CSV" in answer["error"]


@pytest.mark.parametrize(
    ("file", "unit"), [("none.xlsx", "MINE"), ("a.xlsx", "NONE"), (".", "MINE")]
)
def test_wrong_use_has_the_code_two(house, tmp_path, file, unit):
    write_book(tmp_path / "a.xlsx", list(HEADS), good_row())
    code, said, complained = run(
        "import_ledger", tmp_path / file, "--unit", unit, "--json"
    )

    assert (code, said) == (2, "")
    assert complained


def test_a_ledger_goes_out_and_is_known_when_it_comes_back(house, tmp_path):
    path = write_book(tmp_path / "a.xlsx", list(HEADS), good_row())
    run("import_ledger", path, "--unit", "MINE")
    out = tmp_path / "out.xlsx"
    code, said, _complained = run(
        "export_ledger", "--unit", "MINE", "--year", 2025, out, "--json"
    )

    assert code == 0
    assert json.loads(said) == {
        "file": str(out),
        "unit": "MINE",
        "year": 2025,
        "rows": 1,
    }
    code, said, _complained = run("import_ledger", out, "--unit", "MINE", "--json")
    assert json.loads(said) == {"rows": 1, "imported": 0, "skipped": 1, "rejected": []}


def test_an_empty_year_is_a_file_with_heads(house, tmp_path):
    out = tmp_path / "out.xlsx"

    assert run("export_ledger", "--unit", "MINE", "--year", 2025, out)[0] == 0
    code, said, _complained = run("import_ledger", out, "--unit", "MINE", "--json")
    assert (code, json.loads(said)["rows"]) == (0, 0)


@pytest.mark.parametrize(
    ("unit", "year", "file"),
    [
        ("NONE", 2025, "out.xlsx"),
        ("MINE", 0, "out.xlsx"),
        ("MINE", 2025, "no/out.xlsx"),
        ("MINE", 2025, "."),
    ],
)
def test_wrong_use_of_the_export_has_the_code_two(house, tmp_path, unit, year, file):
    code, _said, complained = run(
        "export_ledger", "--unit", unit, "--year", year, tmp_path / file
    )

    assert code == 2
    assert complained
