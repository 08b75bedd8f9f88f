from datetime import date

import pytest

from shuoshi.matters.rules.spans import (
    MONTHS,
    QUARTERS,
    STRETCHES,
    YEAR,
    Span,
    before,
    containing,
    lying_in,
    month_with,
    months_of,
    quarter_of,
    spans_between,
)


def test_stretches_lie_within_each_other():
    for month in MONTHS:
        assert containing(month) == {quarter_of(month), YEAR}
        assert month in months_of(quarter_of(month))
        assert lying_in(month) == frozenset()
    assert lying_in(YEAR) == set(STRETCHES) - {YEAR}
    assert lying_in(QUARTERS[1]) == {4, 5, 6}


@pytest.mark.parametrize(
    ("span", "written", "since", "until"),
    [
        (Span(2026), "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (Span(2026, QUARTERS[2]), "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        (Span(2024, 2), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_span_is_from_a_day_until_a_day(span, written, since, until):
    assert (str(span), span.since, span.until) == (written, since, until)


def test_the_month_and_year_before():
    assert before(Span(2026)) == Span(2025)
    assert before(Span(2026, 1)) == Span(2025, 12)
    assert before(month_with(date(2026, 9, 9))) == Span(2026, 8)


@pytest.mark.parametrize(
    ("since", "until", "spans"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ["2026"]),
        (
            date(2025, 11, 1),
            date(2026, 4, 30),
            ["2025-11", "2025-12", "2026-Q1", "2026-04"],
        ),
        (date(2026, 9, 2), date(2026, 9, 30), None),
        (date(2026, 9, 1), date(2026, 9, 29), None),
        (date(2026, 9, 1), date(2026, 8, 31), None),
    ],
)
def test_whole_months_are_made_of_the_fewest_spans(since, until, spans):
    found = spans_between(since, until)

    assert (found and [str(span) for span in found]) == spans
