import json
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.matters.actions.figures import recount_dirty
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db
PERIOD = ("--from", "2026-09-01", "--to", "2026-09-30")


def figures(*given):
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("figures", *given, stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def house():
    house = build_house()
    for _ in range(6):
        Story(house).closed()
    recount_dirty()
    Story(house).triaged(objects=[house.people["coordinator"]])
    for _ in range(2):
        Story(house).triaged(lead_unit=house.units["two"])
    return house


def test_figures_are_one_json_object(house):
    code, out, _err = figures(*PERIOD, "--json")

    found = json.loads(out)
    assert code == 0
    assert (found["from"], found["to"], found["unit"]) == (
        "2026-09-01",
        "2026-09-30",
        "MINE",
    )
    hidden = {"numerator": None, "denominator": None}
    # Eight that name nobody; two of them not answered, so how many were is not told.
    assert found["figures"]["raised"] == {"numerator": 8, "denominator": 8}
    assert found["figures"]["triaged"] == {"numerator": 8, "denominator": 8}
    assert found["figures"]["answered"] == hidden
    assert found["figures"]["satisfied"] == hidden
    assert found["figures"]["extended"] == {"numerator": 0, "denominator": 8}


@pytest.mark.parametrize(
    ("code", "raised"), [("MINE", 8), ("MINE-one", None), ("MINE-two", None)]
)
def test_few_are_hidden_with_the_units_beside(house, code, raised):
    _code, out, _err = figures(*PERIOD, "--unit", code, "--json")

    assert json.loads(out)["figures"]["raised"]["numerator"] == raised


def test_what_is_hidden_is_said_to_people(house):
    _code, out, _err = figures(*PERIOD)

    assert "＊" in out
    assert "少于五件" in out


def test_figures_for_people_leave_an_empty_base_empty(house):
    code, out, _err = figures("--from", "2026-01-01", "--to", "2026-01-31")

    assert code == 0
    assert "—" in out
    assert "%" not in out


@pytest.mark.parametrize(
    "given",
    [
        ("--from", "2026-09-30", "--to", "2026-09-01"),
        ("--from", "2026-09-01", "--to", "2026-09-10"),
        ("--from", "2026-09-02", "--to", "2026-09-30"),
        ("--from", "gestern", "--to", "2026-09-01"),
        ("--from", "0001-01-01", "--to", "9999-12-31"),
    ],
)
def test_wrong_use_is_said(house, given):
    code, out, err = figures(*given)

    assert (code, out) == (2, "")
    assert err


def test_an_unknown_unit_is_wrong_use(house):
    code, out, err = figures(*PERIOD, "--unit", "nix", "--json")

    assert (code, out) == (2, "")
    assert "nix" in err


def test_without_a_mine_there_are_no_figures(db):
    assert figures(*PERIOD)[0] == 1
