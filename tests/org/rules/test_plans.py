from dataclasses import replace
from datetime import date

import pytest

from shuoshi.org.rules.plans import (
    PlanRefused,
    YearPlan,
    check_plan,
    may_keep_calendar,
    read_plan,
)
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import CLOCK, NOBODY, Standing, speaker_of


PLAN = YearPlan(
    2027,
    holidays={date(2027, 1, 1): "元旦", date(2027, 2, 5): "春节"},
    make_up={date(2027, 2, 14): "春节"},
)


def test_a_sound_plan_passes():
    check_plan(PLAN)


def test_new_years_holiday_may_begin_in_december():
    check_plan(replace(PLAN, holidays={**PLAN.holidays, date(2026, 12, 31): "元旦"}))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"year": 1949}, "年份"),
        ({"year": 2201}, "年份"),
        ({"year": 2028}, "元旦"),
        ({"holidays": {}}, "元旦"),
        ({"holidays": {**PLAN.holidays, date(2026, 11, 30): ""}}, "不属于"),
        ({"holidays": {**PLAN.holidays, date(2028, 1, 1): ""}}, "不属于"),
        ({"make_up": {date(2028, 1, 2): ""}}, "不属于"),
        ({"make_up": {date(2027, 2, 15): ""}}, "不是周末"),
        ({"holidays": {**PLAN.holidays, **PLAN.make_up}}, "既是休假又是调休"),
    ],
)
def test_a_plan_that_would_make_the_clock_wrong_is_refused(wrong, words):
    with pytest.raises(PlanRefused, match=words):
        check_plan(replace(PLAN, **wrong))


def test_read_plan():
    text = (
        '{"holidays": {"2027-01-01": "元旦", "2027-02-05": "春节"},'
        ' "make_up": {"2027-02-14": "春节"}}'
    )

    assert read_plan(2027, text) == PLAN


def test_a_plan_may_have_no_make_up_days():
    assert read_plan(2027, '{"holidays": {"2027-01-01": "元旦"}}').make_up == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        "null",
        "1" * 5000,
        '{"holiday": {}}',
        '{"make_up": {}}',
        '{"holidays": []}',
        '{"holidays": {"2027-13-01": "元旦"}}',
        '{"holidays": {"元旦": "2027-01-01"}}',
        '{"holidays": {"2027-01-01": 1}}',
        '{"holidays": {"2027-01-01": null}}',
        '{"holidays": {"2027-01-01": "\\u0000"}}',
        '{"holidays": {"2027-01-01": "\\ud800"}}',
        '{"holidays": {"2027-01-01": "' + "长" * 61 + '"}}',
        '{"holidays": {"2027-01-01": "元旦"}, "make_up": null}',
    ],
)
def test_what_is_not_a_plan_is_refused(text):
    with pytest.raises(PlanRefused):
        read_plan(2027, text)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (CLOCK, True),
        (NOBODY, False),
        (speaker_of(1, 1), False),
        *(
            (Standing(person_id=1, roles=frozenset([role])), role is Role.SYSADMIN)
            for role in Role
        ),
    ],
)
def test_who_keeps_the_calendar(by, expected):
    assert may_keep_calendar(by) is expected
