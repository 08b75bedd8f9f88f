from datetime import date

import pytest

from shuoshi.insight.queries.wish import Wish, tabs, usual


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 11, 22), date(2026, 9, 1)),
        (date(2026, 1, 1), date(2025, 11, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
    ],
)
def test_usual_period_is_the_last_three_months(today, since):
    assert usual(today) == Wish(since, today)


def test_tabs_keep_the_unit_and_tell_which_one_it_is():
    today = date(2026, 3, 31)
    found = tabs(Wish(date(2026, 3, 1), today, "CM1"), today)

    assert [tab.current for tab in found] == [False, True, False, False, False]
    assert all("unit=CM1" in tab.url for tab in found)
    assert "since=2026-02-01&until=2026-02-28" in found[2].url
    assert "since=2025-01-01&until=2025-12-31" in found[4].url


def test_an_address_leaves_out_what_was_not_asked():
    wish = Wish(date(2026, 1, 1), date(2026, 2, 1))

    assert wish.url == "/desk/figures/?since=2026-01-01&until=2026-02-01"
