from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.matters.rules.figures import (
    FIGURES,
    MEASURES,
    OVERDUE,
    days_of,
    hidden_cells,
    monday_of,
    whole_weeks,
)


COLUMNS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(min_value=0, max_value=9), min_size=1
)


def test_every_figure_is_counted():
    names = {*MEASURES, OVERDUE}

    assert {figure.numerator for figure in FIGURES.values()} <= names
    assert {figure.denominator for figure in FIGURES.values()} <= names


@pytest.mark.parametrize(
    ("column", "hidden"),
    [
        ({"a": 9, "b": 7}, ""),
        ({"a": 9, "b": 0}, ""),
        # One alone could be worked out from the sum: the next smallest goes with it.
        ({"a": 9, "b": 7, "c": 3}, "bc"),
        ({"a": 9, "b": 2, "c": 4}, "bc"),
        # Two that together are fewer than five people need a third.
        ({"a": 9, "b": 8, "c": 2, "d": 1}, "bcd"),
        # Five ones are told by their sum.
        ({"a": 9, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}, "abcdef"),
        # With nobody else to hide behind, even a zero is hidden.
        ({"a": 3, "b": 0}, "ab"),
        ({"a": 3}, "a"),
    ],
)
def test_small_cells_are_hidden_with_enough_others(column, hidden):
    assert hidden_cells(column) == frozenset(hidden)


@given(COLUMNS)
def test_no_small_cell_is_shown(column):
    hidden = hidden_cells(column)

    assert not [row for row, n in column.items() if 0 < n < 5 and row not in hidden]


@given(COLUMNS)
def test_what_is_hidden_cannot_be_worked_out(column):
    hidden = [column[row] for row in hidden_cells(column)]

    if hidden and len(hidden) < len(column):
        assert len(hidden) > 1
        assert sum(hidden) >= 5
        assert sum(hidden) > len(hidden)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_whole_weeks_and_single_days_make_the_period(since, length):
    until = date.fromordinal(since.toordinal() + length)
    first, end = whole_weeks(since, until)
    weeks = days_of(first, date.fromordinal(end.toordinal() - 1)) if end > first else []
    before = days_of(since, min(date.fromordinal(first.toordinal() - 1), until))
    after = days_of(max(end, since), until)

    assert monday_of(first) == first
    assert monday_of(end) == end
    assert sorted({*before, *weeks, *after}) == days_of(since, until)
