"""What would give a person away is found, and what only looks like it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.common.personal_data import (
    SIGNS,
    WEIGHTS,
    found_in,
    is_bank_card,
    is_id_card,
)


def with_sign(seventeen):
    total = sum(
        int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True)
    )
    return seventeen + SIGNS[total % 11]


INVENTED = with_sign("11010519491231002")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"身份证{INVENTED}。", "身份证号"),
        (f"身份证{INVENTED[:6]} {INVENTED[6:14]} {INVENTED[14:]}", "身份证号"),
        ("打13800138000找他", "手机号"),
        ("打１３８００１３８０００找他", "手机号"),
        ("打138-0013-8000找他", "手机号"),
        ("卡号4111111111111111", "银行卡号"),
        ("卡号4111 1111 1111 1111", "银行卡号"),
    ],
)
def test_numbers_of_people_are_found_and_shown_by_their_ends_alone(text, what):
    (found,) = found_in(text, names=[])

    assert found.what == what
    assert found.grave
    assert len(found.shown) < 9


@pytest.mark.parametrize(
    "text",
    [
        "编号2026-0001，金额1234567890123456元",
        "12345热线、12388举报",
        "电话0561-4950000",
        "合同号11010519491231002A",
        "",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert found_in(text, names=[]) == []


def test_names_of_staff_warn():
    (found,) = found_in("张三丰获得表扬", names=["张三丰"])

    assert not found.grave


@given(st.text("0123456789", min_size=17, max_size=17))
def test_one_wrong_digit_makes_no_identity_card(seventeen):
    number = with_sign(seventeen)
    assert is_id_card(number)

    other = str((int(number[3]) + 1) % 10)
    assert not is_id_card(number[:3] + other + number[4:])


def test_cards_are_told_by_their_check_digit():
    assert is_bank_card("4111111111111111")
    assert not is_bank_card("4111111111111112")
