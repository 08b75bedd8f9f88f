from datetime import date

import pytest
from django.utils.translation import override

from shuoshi.insight.queries.wish import PARTS, Wish, tabs, usual
from shuoshi.matters.rules.spans import QUARTERS, STRETCHES, Span


def test_usual_is_the_present_year():
    assert usual(date(2026, 11, 22)) == Wish(Span(2026))


def test_every_stretch_can_be_asked_for_and_nothing_else():
    assert set(PARTS) == set(STRETCHES)


def test_tabs_keep_the_unit_and_tell_which_one_it_is():
    found = tabs(Wish(Span(2026, 1), "CM1"), date(2026, 1, 31))

    assert [tab.current for tab in found] == [False, False, True, False, False]
    assert all("unit=CM1" in tab.url for tab in found)
    assert "year=2025&part=12" in found[3].url
    assert "year=2025&unit" in found[4].url


@pytest.mark.parametrize(
    ("wish", "url", "label"),
    [
        (Wish(Span(2026)), "/desk/figures/?year=2026", "2026年全年"),
        (
            Wish(Span(2026, QUARTERS[2])),
            "/desk/figures/?year=2026&part=15",
            "2026年三季度",
        ),
        (Wish(Span(2026, 9)), "/desk/figures/?year=2026&part=9", "2026年九月"),
    ],
)
def test_an_address_leaves_out_what_was_not_asked(wish, url, label):
    assert wish.url == url
    with override("zh-hans"):
        assert wish.label == label
