import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.matters.rules.receipts import (
    DIGITS,
    cleaned,
    grouped,
    is_well_formed,
    with_check_digit,
)


FIFTEEN = st.text("0123456789", min_size=15, max_size=15)


def test_the_last_digit_is_the_one_of_the_standard():
    # Published example numbers of sixteen digits.
    assert with_check_digit("453201511283036") == "4532015112830366"
    assert is_well_formed("4111111111111111")
    assert not is_well_formed("4111111111111112")


@given(FIFTEEN)
def test_what_is_made_is_well_formed(fifteen):
    receipt = with_check_digit(fifteen)

    assert len(receipt) == DIGITS
    assert is_well_formed(receipt)
    assert cleaned(grouped(receipt)) == receipt


@given(FIFTEEN, st.integers(0, 15), st.integers(1, 9))
def test_a_slip_in_one_digit_is_told(fifteen, place, by):
    receipt = with_check_digit(fifteen)
    wrong = str((int(receipt[place]) + by) % 10)

    assert not is_well_formed(receipt[:place] + wrong + receipt[place + 1 :])


@given(FIFTEEN, st.integers(0, 14))
def test_two_neighbours_exchanged_are_told(fifteen, place):
    receipt = with_check_digit(fifteen)
    left, right = receipt[place], receipt[place + 1]
    swapped = receipt[:place] + right + left + receipt[place + 2 :]

    # The standard misses 09 and 90 alone.
    if left != right and {left, right} != {"0", "9"}:
        assert not is_well_formed(swapped)


@pytest.mark.parametrize(
    "receipt",
    [
        "",
        "0",
        "411111111111111",
        "41111111111111111",
        "4111 1111 1111 1111",
        "４１１１１１１１１１１１１１１１",
        "四" * 16,
        "²" * 16,
        "4111111111111a11",
    ],
)
def test_what_is_no_receipt(receipt):
    assert not is_well_formed(receipt)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("4111 1111 1111 1111", "4111111111111111"),
        ("４１１１－１１１１　１１１１·１１１１", "4111111111111111"),
        ("回执：4111-1111\n1111 1111。", "4111111111111111"),
        ("٤١١١", "4111"),
        ("²三", ""),
        ("", ""),
    ],
)
def test_what_a_person_types_is_cleaned(typed, digits):
    assert cleaned(typed) == digits


def test_it_is_read_aloud_in_fours():
    assert grouped("4111111111111111") == "4111 1111 1111 1111"
