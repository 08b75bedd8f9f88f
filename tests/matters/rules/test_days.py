from datetime import date

import pytest

from shuoshi.matters.rules.days import (
    DayRefused,
    check_extension,
    check_not_after,
    check_not_past,
)


TODAY = date(2026, 9, 9)
DUE = date(2026, 9, 20)


def refused(check, *days, **named):
    with pytest.raises(DayRefused) as refusal:
        check(*days, **named)
    return refusal.value.field, refusal.value.message


def test_today_is_not_past():
    check_not_past(TODAY, today=TODAY, field="until")


def test_yesterday_is_past():
    field, words = refused(
        check_not_past, date(2026, 9, 8), today=TODAY, field="finish_on"
    )

    assert field == "finish_on"
    assert "已经过去" in words


def test_the_last_day_is_not_after_itself():
    check_not_after(DUE, last=DUE, field="finish_on")


def test_the_day_after_is_refused_by_name_of_the_last():
    field, words = refused(
        check_not_after, date(2026, 9, 21), last=DUE, field="finish_on"
    )

    assert field == "finish_on"
    assert "2026-09-20" in words


@pytest.mark.parametrize("until", [date(2026, 9, 21), date(2026, 10, 20)])
def test_an_extension_of_one_to_thirty_days(until):
    check_extension(until, due_on=DUE, today=TODAY, most=30)


def test_on_its_last_day_a_matter_can_still_be_extended():
    check_extension(date(2026, 9, 21), due_on=DUE, today=DUE, most=30)


@pytest.mark.parametrize(
    ("until", "today", "words"),
    [
        (date(2026, 10, 21), TODAY, "不能超过30日"),
        (DUE, TODAY, "在现在的期限2026-09-20之后"),
        (TODAY, TODAY, "在现在的期限2026-09-20之后"),
        (date(2026, 9, 30), date(2026, 9, 21), "期限已过"),
    ],
)
def test_what_the_law_does_not_allow(until, today, words):
    field, said = refused(check_extension, until, due_on=DUE, today=today, most=30)

    assert field == "until"
    assert words in said
